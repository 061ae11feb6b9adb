// A form from being seen to being left: which fields, how long, what was wrong, and never what was written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { hide, named, openSmall, told, toldAtTheEnd } from "./support/small.mjs";

const FORM = `<form id="trial" name="try" data-privateer-fields="size card secret">
  <input name="name"><input name="email" type="email" required><input name="size"><input name="card" autocomplete="cc-number">
  <input name="secret" type="password"><button>Send</button></form>`;
const STAY = {
  head: '<script type="module" src="/own.js"></script>',
  instead: { "/own.js": { type: "text/javascript", body: "document.addEventListener('submit', (event) => event.preventDefault());" } },
};

const ofForms = (events) => events.filter(({ name }) => name.startsWith("Form ")).map(({ at: _at, ...rest }) => rest);

test("a form that is seen, begun and left unfinished", async (t) => {
  // How long the field had the focus, by the page's own clock.
  const first = "for (const name of ['focusin', 'focusout']) addEventListener(name, ({ target, timeStamp }) => { if (target.name === 'name') (window.focused ??= []).push(timeStamp); });";
  const small = await openSmall(t, FORM, { ...STAY, first });
  await small.page.type("[name=name]", "Robin Hood");
  await sleep(300);
  await small.page.type("[name=size]", "11-50");
  await small.page.type("[name=email]", "robin@example.com");
  const [came, left] = await small.page.evaluate(() => window.focused);
  const events = ofForms(await toldAtTheEnd(small));
  assert.deepEqual(events.map(({ name }) => name).sort(), ["Form Abandoned", "Form Field Completed", "Form Field Completed", "Form Started", "Form Viewed"].sort());
  for (const event of events) assert.deepEqual([event.form_id, event.form_name], ["trial", "try"]);
  assert.equal(named(events, "Form Started")[0].field, "name");
  const [name, size] = named(events, "Form Field Completed");
  assert.deepEqual([name.field, name.field_type, name.stays, name.value], ["name", "text", 1, undefined]);
  assert.ok(left - came >= 300 && Math.abs(name.time_msec - (left - came)) < 50, `${name.time_msec} ms of ${left - came}`);
  assert.deepEqual([size.field, size.value], ["size", "11-50"], "the form names this field");
  const [abandoned] = named(events, "Form Abandoned");
  assert.deepEqual([abandoned.last_field, abandoned.fields_completed], ["email", 2]);
  assert.ok(abandoned.time_msec >= name.time_msec + size.time_msec);
  assert.doesNotMatch(JSON.stringify(await small.site.events()), /Robin|Hood|robin/);
});

test("a form that is submitted is not abandoned", async (t) => {
  const small = await openSmall(t, FORM, STAY);
  await small.page.type("[name=email]", "robin@example.com");
  await small.page.click("button");
  const events = ofForms(await toldAtTheEnd(small));
  assert.equal(named(events, "Form Submitted").length, 1);
  assert.deepEqual(named(events, "Form Abandoned"), []);
});

test("nor is one that the page reads and sends itself", async (t) => {
  const small = await openSmall(t, FORM, STAY);
  await small.page.type("[name=email]", "robin@example.com");
  await small.page.evaluate(() => { new FormData(document.querySelector("form")); });
  assert.deepEqual(named(await toldAtTheEnd(small), "Form Abandoned"), []);
});

test("looking something up in another tab abandons nothing; going on to another address does", async (t) => {
  const small = await openSmall(t, FORM, STAY);
  await small.page.type("[name=name]", "R");
  await hide(small.page);
  assert.deepEqual(named(await told(small), "Form Abandoned"), []);
  await hide(small.page, "visible");
  await small.page.evaluate(() => history.pushState({}, "", "/small/two"));
  const [abandoned, ...more] = named(await told(small), "Form Abandoned");
  assert.deepEqual(more, []);
  assert.deepEqual([abandoned.last_field, abandoned.at], ["name", "/small"]);
  assert.equal(named(await toldAtTheEnd(small), "Form Abandoned").length, 1, "not again");
});

test("looking at fields begins nothing, and what the page fills in is nobody's", async (t) => {
  const small = await openSmall(t, FORM, STAY);
  await small.page.evaluate(() => {
    const field = document.querySelector("[name=name]");
    field.value = "prefilled";
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    field.focus();
    document.querySelector("[name=size]").focus();
  });
  const events = ofForms(await toldAtTheEnd(small));
  assert.deepEqual(events.map(({ name }) => name), ["Form Viewed"]);
});

test("what a browser refuses is one event, with fields and reasons and no values", async (t) => {
  const small = await openSmall(t, '<form id="f"><input name="email" type="email" required><input name="age" type="number" max="9" value="10"><button>Send</button></form>', STAY);
  await small.page.click("button");
  await sleep(200);
  await small.page.click("button");
  const refusals = named(await told(small), "Form Validation Failed");
  assert.equal(refusals.length, 1, "the same again is not told again");
  assert.deepEqual([refusals[0].fields, refusals[0].reasons], [["email", "age"], ["valueMissing", "rangeOverflow"]]);
  assert.deepEqual(named(await toldAtTheEnd(small), "Form Submitted"), []);
});

test("passwords and cards are never told, even where a form names them", async (t) => {
  const small = await openSmall(t, FORM, STAY);
  await small.page.type("[name=card]", "4242 4242 4242 4242");
  await small.page.type("[name=secret]", "correct horse");
  await small.page.type("[name=size]", "7");
  await small.page.type("[name=email]", "robin@example.com");
  await small.page.click("button");
  const events = await toldAtTheEnd(small);
  const [submitted] = named(events, "Form Submitted");
  assert.deepEqual([submitted.size, submitted.card, submitted.secret], ["7", null, null]);
  assert.deepEqual(named(events, "Form Field Completed").map(({ field }) => field).slice(0, 3), ["card", "secret", "size"]);
  assert.doesNotMatch(JSON.stringify(await small.site.events()), /4242|horse/);
});

test("a form further down is seen when it is", async (t) => {
  const css = { "/small.css": { type: "text/css", body: "#pad { height: 3000px } form { height: 200px }" } };
  const small = await openSmall(t, '<div id="pad"></div><form id="low"><input name="a"></form><form id="off" hidden></form>', { instead: css });
  assert.deepEqual(named(await told(small), "Form Viewed"), []);
  await small.page.evaluate(() => scrollTo(0, 3000));
  assert.deepEqual(named(await told(small), "Form Viewed").map(({ form_id: id }) => id), ["low"]);
});

test("a form without a name is found by its place", async (t) => {
  const small = await openSmall(t, '<main><form class="search"><input name="id"></form></main>');
  assert.equal(named(await told(small), "Form Viewed")[0].element_path, "main>form.search");
});

for (const tracking of [{ form_steps: false }, { forms: false }]) {
  test(`${JSON.stringify(tracking)} tells no steps`, async (t) => {
    const small = await openSmall(t, FORM, { ...STAY, tracking });
    await small.page.type("[name=email]", "robin@example.com");
    await small.page.click("button");
    const names = ofForms(await toldAtTheEnd(small)).map(({ name }) => name);
    assert.deepEqual(names, tracking.forms === false ? [] : ["Form Submitted"]);
  });
}

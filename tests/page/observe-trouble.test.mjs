// Clicks that show trouble: many in one place, and those that nothing answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { calm, named, openSmall, told } from "./support/small.mjs";

const observing = (...names) => ({
  tracking: Object.fromEntries(["autocapture", "rage_clicks", "dead_clicks", "first_screen"].map((name) => [name, names.includes(name)])),
});
const sheet = (body) => ({ instead: { "/small.css": { type: "text/css", body } } });
const script = (body) => ({ head: '<script type="module" src="/own.js"></script>', instead: { "/own.js": { type: "text/javascript", body } } });

const times = async (page, count, selector, pause = 0) => {
  for (let click = 0; click < count; click += 1) {
    await page.click(selector);
    if (pause) await sleep(pause);
  }
};

// The driver's own pace is another in each browser: what counts is told by the clicks' own times, which the page notes.
const NOTE = "window.clickTimes = []; addEventListener('click', ({ timeStamp }) => clickTimes.push(timeStamp));";

test("four clicks in one place are one fit of rage", async (t) => {
  const small = await openSmall(t, "<button>Send</button>", { ...observing("rage_clicks"), first: NOTE });
  await times(small.page, 4, "button");
  await calm(small.page, 1_200);
  const clicks = await small.page.evaluate(() => window.clickTimes);
  if (clicks.slice(2).some((time, place) => time - clicks[place] > 1_000)) return t.skip("this browser's driver clicks too slowly");
  const rage = named(await told(small), "Rage Click");
  assert.equal(rage.length, 1);
  assert.deepEqual([rage[0].click_count, rage[0].element_path, rage[0].element_text], [4, "button", "Send"]);
});

test("two clicks, slow clicks and clicks in several places are no rage", async (t) => {
  const css = "button { width: 60px; height: 40px; margin: 60px }";
  const small = await openSmall(t, '<button id="a">A</button><button id="b">B</button>', { ...observing("rage_clicks"), ...sheet(css) });
  await times(small.page, 2, "#a");
  await calm(small.page, 1_200);
  await times(small.page, 3, "#a", 700);
  await calm(small.page, 1_200);
  for (const selector of ["#a", "#b", "#a", "#b"]) await small.page.click(selector);
  await calm(small.page, 1_200);
  assert.deepEqual(named(await told(small), "Rage Click"), []);
});

test("selecting a paragraph with three clicks is reading", async (t) => {
  const small = await openSmall(t, "<p>A paragraph to read.</p>", observing("rage_clicks"));
  await times(small.page, 3, "p");
  await small.page.evaluate(() => getSelection().selectAllChildren(document.querySelector("p")));
  await calm(small.page, 1_200);
  assert.deepEqual(named(await told(small), "Rage Click"), []);
});

// Windows of other tests, on the same screen, take the focus away; that would be an answer.
const ALONE = 'for (const name of ["blur", "focusin", "focusout"]) addEventListener(name, (event) => event.stopImmediatePropagation(), true);';

test("a button that does nothing is dead, and so is a link that goes nowhere", async (t) => {
  const small = await openSmall(t, '<button id="a">A</button><a id="b" href="/elsewhere">B</a><div id="c" role="button">C</div>', {
    first: ALONE, ...observing("dead_clicks"), ...script("document.querySelector('#b').addEventListener('click', (event) => event.preventDefault());"),
  });
  for (const selector of ["#a", "#b", "#c"]) {
    await small.page.click(selector);
    await calm(small.page, 2_700);
  }
  assert.deepEqual(named(await told(small), "Dead Click").map(({ element_path: path }) => path), ["button#a", "a#b", "div#c"]);
});

const ANSWERS = {
  "the document changes": "button.onclick = () => setTimeout(() => document.body.append('More'), 300);",
  "an attribute changes": "button.onclick = () => button.setAttribute('aria-expanded', 'true');",
  "it changed when the pointer went down": "button.onpointerdown = () => document.body.append('Menu');",
  "the page scrolls": "document.body.style.height = '5000px'; button.onclick = () => scrollTo(0, 500);",
  "a field gets the focus": "const field = document.body.appendChild(document.createElement('input')); button.onclick = () => field.focus();",
  "words are selected": "button.onclick = () => getSelection().selectAllChildren(document.querySelector('p'));",
  "the address changes": "button.onclick = () => { location.hash = 'x'; };",
  "a component changes": "const root = document.querySelector('my-card').attachShadow({ mode: 'open' }); root.append(button); button.onclick = () => root.append('More');",
};

for (const [what, code] of Object.entries(ANSWERS)) {
  test(`a click is answered where ${what}`, async (t) => {
    const small = await openSmall(t, "<p>Words</p><button>Do</button><my-card></my-card>", {
      ...observing("dead_clicks"), ...script(`const button = document.querySelector("button"); ${code}`),
    });
    await small.page.click(what.includes("component") ? "my-card" : "button");
    await calm(small.page, 2_700);
    assert.deepEqual(named(await told(small), "Dead Click"), []);
  });
}

const QUIET = {
  "words": "<p>Words</p>",
  "a choice that is made": '<input type="radio" checked>',
  "a file": '<a href="/small.css" download>File</a>',
  "another tab": '<a href="/elsewhere" target="_blank">Other tab</a>',
  "a drawing": '<canvas role="button" width="50" height="50"></canvas>',
  "a field that poses as a button": '<input role="button" readonly>',
  "what the page wants ignored": "<button data-privateer-ignore>Do</button>",
};

for (const [what, element] of Object.entries(QUIET)) {
  test(`${what}: no answer is expected`, async (t) => {
    const marked = element.replace(/^<(\w+)/, '<$1 id="it"');
    const prevented = "document.querySelector('a')?.addEventListener('click', (event) => event.preventDefault());";
    const small = await openSmall(t, marked, { first: ALONE, ...observing("dead_clicks"), ...script(prevented) });
    await small.page.click("#it");
    await calm(small.page, 2_700);
    assert.deepEqual(named(await told(small), "Dead Click"), []);
  });
}

test("a page that is slow to come is no dead link", async (t) => {
  const small = await openSmall(t, '<a href="/slow">Slow</a>', observing("dead_clicks"));
  await small.page.evaluate(() => {
    // The browser has been told to go there; for this test it is still waiting.
    addEventListener("click", (event) => Object.defineProperty(event, "defaultPrevented", { value: false }), true);
    addEventListener("click", (event) => event.preventDefault());
  });
  await small.page.click("a");
  await calm(small.page, 2_700);
  assert.deepEqual(named(await told(small), "Dead Click"), []);
});

for (const name of ["rage_clicks", "dead_clicks"]) {
  test(`{"${name}":false} tells none`, async (t) => {
    const small = await openSmall(t, "<button>A</button>", { tracking: { [name]: false } });
    await times(small.page, 4, "button");
    await calm(small.page, 2_700);
    const event = { rage_clicks: "Rage Click", dead_clicks: "Dead Click" }[name];
    assert.deepEqual(named(await told(small), event), []);
  });
}

// A referral, from the link to the reward: an advocate, a friend in another browser profile, and the site's server between them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { call, named, started, stored } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";
import { fillForm } from "./support/trial_form.mjs";
import { until } from "./support/until.mjs";

const is = (name) => (event) => (event.event ?? event.type) === name;
const referral = (page) => call(page, "referral");
const program = (change) => ({ site: (definition) => Object.assign(definition.referral, change) });
const query = (link) => new URL(link).search;
const text = (page, name) => page.evaluate((slot) => document.querySelector(`[data-show="${slot}"]`).textContent, name);

test("a friend comes by a link, asks for a trial, and is credited once; the advocate sees the reward", async (t) => {
  const site = await startSite(t);
  const advocate = await site.open();
  const { code, link } = await referral(advocate);
  assert.equal(new URL(link).searchParams.get("ref"), code);
  const other = await site.open();

  const friend = await site.open(`/${query(await call(advocate, "link", link, { channel: "whatsapp" }))}`);
  assert.equal((await referral(friend)).incoming, code);
  const captured = await site.event(is("Referral Captured"), "the captured code");
  assert.deepEqual(captured.properties, { code, program: "neighbours" });
  assert.equal(captured.context.campaign.source, "whatsapp");

  await started(friend);
  await fillForm(friend);
  const trial = await site.event(is("Trial Requested"), "the trial");
  assert.deepEqual(trial.context.referrer, { type: "friend", id: code });
  assert.equal((await referral(friend)).bound, true);

  // The form is sent again, and the friend comes back with somebody else's link: still one conversion, of the first advocate.
  await friend.goto(site.url + `/${query((await referral(other)).link)}`);
  await started(friend);
  await fillForm(friend);
  await until(async () => named(await site.events(), "Trial Requested").length === 2, "the second trial was collected");
  assert.equal((await referral(friend)).incoming, code);
  const history = await (await fetch(`${site.url}/referrals?code=${code}`)).json();
  assert.equal(history.length, 1);
  assert.deepEqual(await (await fetch(`${site.url}/referrals?code=${(await referral(other)).code}`)).json(), []);

  const statement = await call(advocate, "rewards", history);
  const own = statement.lines.filter(({ who, amount }) => who === code && amount > 0);
  assert.deepEqual(own.map(({ rule, unit, amount, state }) => ({ rule, unit, amount, state })), [{ rule: "days", unit: "days", amount: 30, state: "held" }]);
  assert.deepEqual(await call(advocate, "rewards", [...history, ...history]), statement, "told twice, it is owed once");
  await advocate.reload();
  await until(async () => /1 friend has come. 2 more friends to 30 %/.test(await text(advocate, "progress")), "the invite box counts the friend");
});

test("the code leaves the address bar once it is kept, and nothing else does", async (t) => {
  const site = await startSite(t);
  const { code } = await referral(await site.open());
  const page = await site.open(`/?utm_source=letter&ref=${code}&a=b+c#invite`);
  await until(async () => (await page.evaluate(() => location.search)) === "?utm_source=letter&a=b+c", "the address is clean");
  assert.equal(await page.evaluate(() => location.hash), "#invite");
  assert.equal((await referral(page)).incoming, code);
  await page.reload();
  assert.equal((await referral(page)).incoming, code, "it is remembered");
});

test("while consent is pending the code stays in the address and is stored nowhere", async (t) => {
  const site = await startSite(t, { site: (definition) => Object.assign(definition, { consent: { initial: "pending" } }) });
  const code = "22222222";
  const page = await site.open(`/?ref=${code}`);
  assert.equal((await referral(page)).incoming, code);
  assert.equal((await referral(page)).code, null, "a code that dies with the page is none");
  assert.equal(await page.evaluate(() => location.search), `?ref=${code}`);
  assert.doesNotMatch(JSON.stringify(await stored(page)), new RegExp(code));
  await call(page, "setConsent", "granted");
  await until(async () => (await page.evaluate(() => location.search)) === "", "the address is clean");
  assert.match(JSON.stringify(await stored(page)), new RegExp(code));
});

test("a short link is read on arrival", async (t) => {
  const site = await startSite(t, program({ path: "/r/" }));
  const advocate = await site.open();
  const { code } = await referral(advocate);
  const short = await call(advocate, "shortLink");
  assert.equal(short, `${site.url}/r/${code}`);
  const friend = await site.open();
  await friend.evaluate(async (path) => {
    history.pushState(null, "", path);
    await (await window.privateer).page();
  }, `/r/${code}`);
  assert.equal((await referral(friend)).incoming, code, "also within a page");
});

test("a code that was typed is repaired, noticed when wrong, and one's own is none", async (t) => {
  const site = await startSite(t);
  const { code } = await referral(await site.open());
  const page = await site.open();
  const own = (await referral(page)).code;
  const wrong = code.slice(0, -1) + (code.endsWith("2") ? "3" : "2");
  assert.equal(await call(page, "enterCode", wrong), null);
  assert.equal(await call(page, "enterCode", own), null);
  await started(page);
  await page.type("#claim input", ` ${code.slice(0, 4).toLowerCase()} ${code.slice(4)} `);
  await page.click("#claim button");
  await until(async () => (await text(page, "claim")).includes(code), "the page says who is credited");
  assert.equal((await referral(page)).incoming, code);
});

test("a cookie carries the link to the site's other hosts, as long as there is consent", async (t) => {
  const site = await startSite(t, program({ cookie: "friend_of" }));
  const { code } = await referral(await site.open());
  const page = await site.open(`/?ref=${code}`);
  const cookie = () => page.evaluate(() => document.cookie);
  await until(async () => (await cookie()).includes(code), "the cookie has the code");
  // Another host of the site has a storage of its own, and the same cookie.
  await page.evaluate(() => localStorage.clear());
  await page.goto(`${site.url}/`);
  assert.equal((await referral(page)).incoming, code);
  assert.equal((await referral(page)).touches.length, 1);
  await call(page, "forget");
  await until(async () => !(await cookie()).includes("friend_of"), "who is forgotten has no cookie");
  assert.equal((await referral(page)).incoming, null);
});

test("a cookie that a server has set says who sent the visitor, and is left alone", async (t) => {
  const site = await startSite(t, program({ cookie: "friend_of" }));
  const { code } = await referral(await site.open());
  const page = await site.open("/nowhere");
  await page.evaluate((value) => (document.cookie = `friend_of=${value}; path=/`), code);
  await page.goto(`${site.url}/`);
  assert.equal((await referral(page)).incoming, code);
  await page.reload();
  assert.equal((await referral(page)).touches.length, 1, "the same cookie is no new arrival");
});

test("a page that is prerendered, and a crawler, are no friends", async (t) => {
  const first = `Object.defineProperty(document, "prerendering", { get: () => !window.shown });`;
  const site = await startSite(t, { first });
  const page = await site.open("/?ref=22222222");
  await new Promise((done) => setTimeout(done, 1_000));
  assert.deepEqual(await site.events(), []);
  assert.deepEqual(await stored(page), {});
  await page.evaluate(() => {
    window.shown = true;
    document.dispatchEvent(new Event("prerenderingchange"));
  });
  assert.equal((await referral(page)).incoming, "22222222", "once somebody looks at it, it counts");
});

for (const agent of ["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "WhatsApp/2.24", "facebookexternalhit/1.1", "Slackbot-LinkExpanding 1.0", "Twitterbot/1.0", "TelegramBot (like TwitterBot)"]) {
  test(`a link preview counts for nobody: ${agent.slice(0, 40)}`, async (t) => {
    const first = `Object.defineProperty(navigator, "userAgent", { get: () => ${JSON.stringify(agent)} });`;
    const site = await startSite(t, { first });
    const page = await site.open("/?ref=22222222");
    const known = await referral(page);
    assert.deepEqual([known.incoming, known.code, known.touches], [null, null, []]);
    await call(page, "flush");
    assert.deepEqual(named(await site.events(), "Referral Captured"), []);
  });
}

test("who may be asked to invite is the site's to say", async (t) => {
  const site = await startSite(t, program({ invite: { when: { $or: [{ nps: { $gte: 9 } }, { health: { $gte: 85 } }] } } }));
  const page = await site.open();
  assert.equal((await referral(page)).invites, false);
  await call(page, "attributes", { nps: 8 });
  assert.equal((await referral(page)).invites, false);
  await call(page, "attributes", { nps: 9 });
  assert.equal((await referral(page)).invites, true);
  await call(page, "attributes", { nps: 3, health: 90 });
  assert.equal((await referral(page)).invites, true);
});

test("a site whose referral part cannot be loaded has no program, and all else works", async (t) => {
  const site = await startSite(t, { instead: { "/pkg/referral.wasm": { status: 404, body: "" } } });
  const page = await site.open("/?ref=22222222");
  assert.deepEqual(await referral(page), { code: null, link: null, incoming: null });
  assert.equal(await call(page, "link", "/a?b"), "/a?b");
  assert.equal(await call(page, "enterCode", "22222222"), null);
  assert.ok((await call(page, "decide", "hero")).value);
  await site.event(is("page"), "the page view");
});

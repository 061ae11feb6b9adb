// The example page's invite box: it follows the program, and says what is the case when something is missing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { call, named, watched } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";
import { until } from "./support/until.mjs";

const GONE = { status: 404, body: "" };
const definition = (change) => ({ site: (document) => change(document) });
const consent = (initial) => definition((document) => (document.consent = { initial }));

/** What can be read of an element; empty where it cannot be seen. */
const seen = (page, selector) => page.evaluate((wanted) => {
  const element = [...document.querySelectorAll(wanted)].find((each) => each.getClientRects().length > 0);
  const isField = /^(INPUT|TEXTAREA)$/.test(element?.tagName);
  return element ? (isField ? element.value : element.textContent).replaceAll("\u00a0", " ") : "";
}, selector);

const count = (page, selector) => page.evaluate((wanted) => document.querySelectorAll(wanted).length, selector);
const says = (page, selector, sentence) => until(async () => (await seen(page, selector)).includes(sentence), `${selector} says: ${sentence}`);
const STANDING = '#invite [data-show="standing"]';
const CODE = '#invite [data-show="code"]';
const PROGRESS = '[data-show="progress"]';

async function claims(page, sentence) {
  await page.type("#claim input", "ABCD 2345");
  await page.click("#claim button");
  await says(page, '[data-show="claim"]', sentence);
}

/** A server that knows these friends, whoever asks. */
const friends = (answer) => `
  const real = window.fetch;
  window.fetch = (address, ...more) => String(address).startsWith("/referrals") ? (${answer})(new URL(address, location.href).searchParams.get("code")) : real(address, ...more);
`;
const came = (number, amount = 1000, currency = "EUR") => friends(`(advocate) => Promise.resolve(Response.json(Array.from({ length: ${number} }, (_, index) => (
  { id: "c" + index, type: "conversion", friend: "f" + index, advocate, time: Date.now() - 1000 + index, amount: ${amount}, currency: "${currency}" }))))`);

for (const [missing, change, sentence, claimed] of [
  ["auto.js", { instead: { "/pkg/auto.js": GONE } }, "Privateer is not running here, so there is no code for you.", "Codes cannot be checked now."],
  ["the module", { instead: { "/pkg/privateer_bg.wasm": GONE } }, "Privateer is not running here, so there is no code for you.", "Codes cannot be checked now."],
  ["the part for referrals", { instead: { "/pkg/referral.wasm": GONE } }, "There are no invitations here at the moment.", "Codes cannot be checked now."],
  ["a program", definition((document) => delete document.referral), "There are no invitations here at the moment.", "Codes cannot be checked now."],
  ["consent", consent("denied"), "No code is made without your consent.", "Nothing is noted without your consent."],
]) {
  test(`without ${missing}, the box says what is the case`, async (t) => {
    const site = await startSite(t, change);
    const page = await site.open();
    await says(page, STANDING, sentence);
    assert.equal(await seen(page, CODE), "");
    assert.equal(await seen(page, "#invite-text"), "");
    assert.equal(await seen(page, "#invite-link"), `${site.url}/`, "the plain address can be passed on");
    assert.equal(await page.evaluate(() => document.querySelector('#knows [data-show="code"]').textContent === "none without your consent"), missing === "consent");
    await claims(page, claimed);
    assert.deepEqual((await watched(page)).uncaught, []);
  });
}

test("a part that is missing before the module is there is no error of the page", async (t) => {
  const first = `
    const real = window.fetch;
    const gone = new Promise((tell) => (window.fetch = (address, ...more) => {
      const answer = /_bg\\.wasm/.test(address) ? gone.then(() => new Promise((done) => setTimeout(done, 100))).then(() => real(address, ...more)) : real(address, ...more);
      if (/referral\\.wasm/.test(address)) answer.then(tell);
      return answer;
    }));
  `;
  const site = await startSite(t, { first, instead: { "/pkg/referral.wasm": GONE } });
  const page = await site.open();
  await says(page, STANDING, "There are no invitations here at the moment.");
  assert.deepEqual((await watched(page)).uncaught, []);
});

test("while consent is pending there is no code, and one click makes it", async (t) => {
  const site = await startSite(t, consent("pending"));
  const page = await site.open();
  await says(page, STANDING, "Your code is made once you agree");
  assert.equal(await seen(page, CODE), "");
  assert.equal(await seen(page, "#invite-link"), "");
  assert.equal(await count(page, ".channels li"), 0);
  await page.click('[data-do="agree"]');
  const { code } = await until(async () => {
    const referral = await call(page, "referral");
    return referral.code && referral;
  }, "there is a code");
  assert.equal(await call(page, "consent"), "granted");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.copy), "invite-link", "by keyboard one goes on from the next button");
  await says(page, CODE, code);
  await says(page, "#invite-link", code);
  assert.equal(await seen(page, STANDING), "");
  await page.reload();
  await says(page, CODE, code);
});

test("who may not invite sees no invitation; once they may, it is there", async (t) => {
  const site = await startSite(t, definition((document) => (document.referral.invite = { when: { nps: { $gte: 9 } } })));
  const page = await site.open();
  await says(page, STANDING, "Invitations are not open to you yet.");
  for (const part of [CODE, "#invite-link", "#invite-text", ".channels li", "#invite .qr-box"]) assert.equal(await seen(page, part), "", part);
  await call(page, "attributes", { nps: 10 });
  await says(page, CODE, (await call(page, "referral")).code);
  await until(() => seen(page, ".channels li"), "the channels are there");
});

test("the QR code is there for the link, and for nobody's", async (t) => {
  const page = await (await startSite(t)).open();
  const { code } = await call(page, "referral");
  await says(page, CODE, code);
  await page.evaluate(() => (document.querySelector("#invite .qr-box").open = true)); // one driver scrolls it under the panel's bar
  const text = () => page.evaluate(() => document.querySelector("#invite .qr img")?.alt ?? "");
  await until(async () => (await text()).endsWith(code), "the picture has the link");
  await call(page, "setConsent", "denied");
  await until(async () => (await text()).endsWith(`${new URL(await page.evaluate(() => location.href)).host}/`), "the picture has the plain address");
});

test("a friend who came with a code reads what that brings", async (t) => {
  const site = await startSite(t);
  const { code } = await call(await site.open(), "referral");
  const page = await site.open(`/?ref=${code}`);
  await says(page, ".came", `You came with ${code}: 30 quiet days are yours once you ask for a trial.`);
  assert.equal(await seen(await site.open(), ".came"), "", "others came with nobody's");
});

test("without the script that shares, Copy is there and the reason is said", async (t) => {
  const site = await startSite(t, { instead: { "/pkg/share.js": GONE } });
  const page = await site.open();
  await says(page, '[data-show="shared"]', "The buttons for sharing could not be loaded.");
  assert.equal(await count(page, ".channels li"), 0);
  const { shared, how, url } = await call(page, "share", "whatsapp");
  assert.deepEqual([shared, how, url], [false, "failed", await call(page, "link", `${site.url}/`, { channel: "whatsapp" })], "no promise is rejected");
  await page.click('[data-copy="invite-link"]');
  await until(async () => /is copied|is selected/.test(await page.evaluate(() => document.querySelector("[data-announce]").textContent)), "Copy answers");
  assert.deepEqual((await watched(page)).uncaught, []);
});

test("a copy is counted with its code, and one that failed is not", async (t) => {
  const first = 'Object.defineProperty(navigator, "clipboard", { value: { writeText: () => (window.refuses ? Promise.reject(new Error("no")) : Promise.resolve()) } }); document.execCommand = () => false;';
  const site = await startSite(t, { first });
  const page = await site.open();
  const { code } = await call(page, "referral");
  await says(page, CODE, code);
  // Each word stands for two seconds: the page notes it, for the driver may look later.
  await page.evaluate(() => {
    const button = document.querySelector('[data-copy="invite-link"]');
    window.words = [];
    new MutationObserver(() => window.words.push(button.textContent)).observe(button, { childList: true, characterData: true, subtree: true });
    window.refuses = true;
  });
  const words = () => page.evaluate(() => window.words.filter((word) => word !== "Copy").join());
  await page.click('[data-copy="invite-link"]');
  await until(async () => (await words()) === "Selected", "the button says that the link is selected");
  await page.evaluate(() => (window.refuses = false));
  await page.click('[data-copy="invite-link"]');
  await until(async () => (await words()) === "Selected,Copied", "the button says that the link is copied");
  await call(page, "flush");
  const shared = named(await site.events(), "Invite Shared");
  assert.deepEqual(shared.map(({ properties }) => properties), [{ channel: "copy", method: "copy", content_type: "invite", item_id: code, how: "copied" }]);
});

test("who came, and what that earns, fail each with its own words", async (t) => {
  const silent = await startSite(t, { first: friends("() => Promise.reject(new TypeError('no server'))") });
  await says(await silent.open(), PROGRESS, "The site’s server says who came. None answers here.");
  const broken = await startSite(t, { first: came(2), instead: { "/pkg/rewards.wasm": GONE } });
  const page = await broken.open();
  await says(page, PROGRESS, "2 friends have come. What that earns cannot be worked out now.");
  assert.deepEqual((await watched(page)).uncaught, []);
});

test("with nobody yet, the seats are the program's", async (t) => {
  const page = await (await startSite(t)).open();
  await says(page, PROGRESS, "Nobody has come yet. 3 more friends to 30 %.");
  assert.deepEqual(await seats(page), ["1", "2", "30 %", "4", "50 %"]);
});

const seats = (page) => page.evaluate(() => [...document.querySelectorAll(".friends li")].map(({ textContent, className }) => textContent.replaceAll("\u00a0", " ") + (className && "*")));

// By hand: 2 of 4 friends, so one step is reached and two are missing. The yen has no smaller unit, so that 900 of them are ¥900.
test("steps, words and currency are those of the program", async (t) => {
  const rules = [{ id: "feast", to: "advocate", kind: "milestones", steps: [{ friends: 2, amount: 900 }, { friends: 4, amount: 7, unit: "days" }] }];
  const site = (document) => (document.referral.rewards = { currency: "JPY", holding_days: 14, rules });
  const page = await (await startSite(t, { site, first: came(2, 500, "JPY") })).open();
  await says(page, PROGRESS, "2 friends have come. 2 more friends to 7 days.");
  assert.deepEqual(await seats(page), ["1*", "¥900*", "3", "7 days"]);
  assert.match(await seen(page, ".owed li"), /^¥900yours by /);
});

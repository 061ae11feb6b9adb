// The console's editor of the referral program, and its share kit.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decoded } from "./support/decoded.mjs";
import { watched } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";
import { until } from "./support/until.mjs";


/** Half of the tests begin with it: one sound rule of tiers, and one of percent. */
const PROGRAM = {
  program: "harbours", conversion: "Order Completed", path: "/r/",
  rewards: {
    currency: "EUR", holding_days: 10,
    rules: [
      { id: "crew", to: "advocate", kind: "tiers", tiers: [{ friends: 3, percent: 30 }, { friends: 5, percent: 50 }] },
      { id: "thanks", to: "friend", kind: "percent", percent: 5 },
    ],
  },
};

test("more than one level, and pay for recruitment, are refused where they are asked for", async (t) => {
  const page = await openProgram(t);
  await replace(page, "#program-field-rewards-rules-0-levels", "2");
  const refused = await wrong(page, "rewards-rules-0-levels");
  assert.match(refused.said, /pyramid selling: unlawful/);
  assert.equal(refused.invalid, "true");
  assert.match(await text(page, "#program-verdict"), /^1 thing to correct/);
  assert.match(await text(page, "#program-trouble"), /^Rule 1, Levels paid Only a friend's own conversion is paid for/);
  // The rule is left out: what it gave is gone, what the other gives is not.
  assert.match(await text(page, "#example .wrong"), /^Rule 1 is left out/);
  assert.deepEqual(await column(page, 1), ["–", "–", "–", "–", "–"]);
  assert.deepEqual((await column(page, 2)).at(0), "€2.00");

  await empty(page, "#program-field-rewards-rules-0-levels");
  assert.equal((await wrong(page, "rewards-rules-0-levels")).said, "");
  await page.choose("#program-field-rewards-rules-1-on", "recruitment");
  assert.match((await wrong(page, "rewards-rules-1-on")).said, /pyramid selling: unlawful/);
  assert.match(await text(page, "#program-trouble"), /^Rule 2, For /);
  await page.choose("#program-field-rewards-rules-1-on", "");
  assert.equal(await page.evaluate(() => document.querySelector("#example .wrong")), null);
  assert.equal(await text(page, "#program-verdict"), "All checks pass.");

  // What holds for all rules is wrong: then none of them is sound.
  await replace(page, "#program-field-rewards-currency", "euro");
  assert.match(await text(page, "#example .wrong"), /^Rules 1 and 2 are left out/);
  assert.deepEqual(await column(page, 2), ["–", "–", "–", "–", "–"]);
  await silent(page);
});

test("an example is settled as counted by hand", async (t) => {
  const page = await openProgram(t);
  // 30 % of 40.00 is 12.00, for each of three or four friends; 50 % is 20.00, for each of five.
  assert.deepEqual(await column(page, 1), ["–", "–", "€36.00", "€48.00", "€100.00"]);
  // 5 % of 40.00 is 2.00 for each.
  assert.deepEqual(await column(page, 2), ["€2.00", "€4.00", "€6.00", "€8.00", "€10.00"]);
  // The friends come on Monday, January 5, and ten days later all is due.
  assert.deepEqual([...new Set(await column(page, 3))], ["Jan 15"]);

  // 5 % of 39.99 are 1.9995, of which nobody is given the fraction; 30 % are 11.997 and 50 % are 19.995.
  await replace(page, "#example-paid", "39.99");
  assert.deepEqual(await column(page, 2), ["€1.99", "€3.98", "€5.97", "€7.96", "€9.95"]);
  assert.deepEqual(await column(page, 1), ["–", "–", "€35.97", "€47.96", "€99.95"]);

  // At most 50.00 for everybody together: of the friends' 1.99 and the advocate's 11.99, three of each are 41.94.
  await replace(page, "#program-field-rewards-budget", "50");
  assert.equal((await definition(page)).rewards.budget, 5000);
  assert.deepEqual((await column(page, 1))[2], "€35.97");
  const [advocate, friends] = [await column(page, 1), await column(page, 2)].map((cells) => cells.map((cell) => Number(cell.replace(/[^\d.]/g, ""))));
  assert.equal(advocate[4] + friends[4], 50);
  await silent(page);
});

test("what is owed is told line by line, with the reason where it is nothing", async (t) => {
  const page = await openProgram(t);
  const story = await text(page, "#example .story");
  for (const line of [
    "Jan 7: Friend 1 pays €40.00 againThe advocate gets nothing by “crew”: not the friend’s first purchase",
    "Jan 9: Friend 4 pays €40.00, and takes it backThe advocate gets nothing: paid back",
    "Jan 10: The advocate pays €40.00 by their own linkThe advocate gets nothing: nobody is their own friend",
  ]) assert.ok(story.includes(line), `${line}\nin\n${story}`);
  // Friend 3 pays 4.00: a third friend, with whom the group is at 30 %, which are 1.20.
  assert.ok(story.includes("Jan 8: Friend 3 pays €4.00The advocate gets €1.20 by “crew”, on Jan 18"), story);

  await write(page, JSON.stringify({ ...PROGRAM, rewards: { ...PROGRAM.rewards, rules: [{ id: "gift", to: "advocate", kind: "days", amount: 1, at_most: 2 }] } }));
  await until(async () => (await text(page, "#example .story")).includes("Jan 5: Friend 1 pays €40.00The advocate gets 1 day by “gift”"), "one day is no days");
  // The third friend is one too many.
  assert.ok((await text(page, "#example .story")).includes("Jan 8: Friend 3 pays €4.00The advocate gets nothing by “gift”: the limit of 2 times is reached"));
});

test("the form and the text say the same, and the text is what counts", async (t) => {
  const page = await openProgram(t);
  assert.deepEqual(await definition(page), PROGRAM);
  for (const group of ["links", "attribution", "invite"]) await page.click(`#program-${group} summary`);
  await replace(page, "#program-field-aliases", "via, ucc");
  await replace(page, "#program-field-attribution-window-days", "30");
  await page.choose("#program-field-attribution-model", "last");
  await replace(page, "#program-field-invite-when-nps-gte", "9");
  assert.deepEqual(await definition(page), { ...PROGRAM, aliases: ["via", "ucc"], attribution: { window_days: 30, model: "last" }, invite: { when: { nps: { $gte: 9 } } } });
  // What is emptied is gone, and so is the section that is empty then.
  await empty(page, "#program-field-invite-when-nps-gte");
  await empty(page, "#program-field-aliases");
  assert.deepEqual(await definition(page), { ...PROGRAM, attribution: { window_days: 30, model: "last" } });

  await write(page, JSON.stringify({ ...PROGRAM, conversion: "Paid", rewards: { ...PROGRAM.rewards, rules: [{ id: "a", to: "both", kind: "points", amount: 7, cap_per_person: 21 }] } }));
  await until(async () => (await value(page, "#program-field-conversion")) === "Paid", "the form follows the text");
  assert.equal(await value(page, "#program-field-rewards-rules-0-amount"), "7");
  assert.deepEqual(await column(page, 1), ["7 points", "14 points", "21 points", "21 points", "21 points"]);

  await write(page, "{");
  await until(async () => (await text(page, "#program-verdict")).startsWith("This is not JSON"), "the editor says that this is no JSON");
  assert.equal(await page.evaluate(() => document.querySelector("#program-field-conversion").matches(":disabled")), true);
  await page.click("#program-reset");
  assert.deepEqual(await definition(page), PROGRAM);
  await silent(page);
});

test("what was edited is there after a reload, in the numbers too, until one goes back to the site's", async (t) => {
  const page = await openProgram(t);
  const waits = () => page.evaluate(() => !document.querySelector("#program-draft").hidden);
  assert.equal(await waits(), false);
  await replace(page, "#program-field-conversion", "Paid");
  assert.equal(await waits(), true);
  assert.match(await text(page, "#program-draft"), /^Edited, and kept in this browser/);

  await reopen(page);
  assert.deepEqual(await definition(page), { ...PROGRAM, conversion: "Paid" });
  assert.equal(await waits(), true);
  // What is half typed is kept as it is, and nobody reckons with it.
  await write(page, '{ "program": ');
  await until(async () => (await text(page, "#program-verdict")).startsWith("This is not JSON"), "the editor says that this is no JSON");
  await reopen(page);
  assert.equal(await value(page, "#program-text"), '{ "program": ');
  assert.equal(await editedThere(page), null);

  await write(page, JSON.stringify({ ...PROGRAM, conversion: "Paid" }));
  await until(async () => (await text(page, "#program-verdict")) === "All checks pass.", "it is JSON again");
  await page.evaluate(() => { location.hash = ""; });
  await page.reload();
  assert.equal((await editedThere(page)).conversion, "Paid", "before the editor was opened");

  await page.evaluate(() => { location.hash = "#program"; });
  await drawn(page);
  await page.click("#program-reset");
  assert.equal(await waits(), false);
  await reopen(page);
  assert.deepEqual(await definition(page), PROGRAM);
  await silent(page);
});

test("where this browser keeps nothing, the editor says so and works", async (t) => {
  const denied = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });";
  const page = await openProgram(t, denied);
  await replace(page, "#program-field-conversion", "Paid");
  assert.equal((await definition(page)).conversion, "Paid");
  assert.equal(await text(page, "#program-draft"), "Edited in this tab alone: this browser keeps nothing.");
  assert.match(await text(page, "#trouble"), /^The events of this browser could not be counted\. no\./);
});

test("usual values that are spelled out are shown as such, and a condition that says more rests in the text", async (t) => {
  const page = await openProgram(t);
  const spelled = {
    ...PROGRAM, codes: { kind: "random", alphabet: "safe" }, attribution: { model: "first" }, invite: { when: { nps: { $gte: 9 } } },
    rewards: { ...PROGRAM.rewards, review: "automatic", rules: PROGRAM.rewards.rules.map((rule) => ({ ...rule, on: "conversion" })) },
  };
  await write(page, JSON.stringify(spelled));
  const shown = (name) => page.evaluate((id) => {
    const { selectedOptions: [option], options } = document.getElementById(id);
    return [option.textContent, options.length];
  }, `program-field-${name}`);
  await until(async () => (await value(page, "#program-field-invite-when-nps-gte")) === "9", "the form follows the text");
  assert.deepEqual(await shown("codes-kind"), ["The page, at random", 3]);
  assert.deepEqual(await shown("codes-alphabet"), ["31 that nobody mixes up", 4]);
  assert.deepEqual(await shown("attribution-model"), ["The first friend’s", 3]);
  assert.deepEqual(await shown("rewards-review"), ["Nobody has to", 2]);
  assert.deepEqual(await shown("rewards-rules-0-on"), ["A conversion", 3]);
  assert.deepEqual(await definition(page), spelled, "what is shown is not changed");

  const gate = () => page.evaluate(() => ["nps", "health"].map((name) => {
    const input = document.getElementById(`program-field-invite-when-${name}-gte`);
    return [input.disabled, document.getElementById(`${input.id}-hint`).textContent];
  }));
  assert.deepEqual(await gate(), [[false, "9 asks promoters only"], [false, ""]]);
  for (const when of [{ plan: "crew" }, { nps: { $gte: 9, $lt: 10 } }, { $or: [{ nps: { $gte: 9 } }] }]) {
    await write(page, JSON.stringify({ ...spelled, invite: { when } }));
    await until(async () => (await gate()).every(([disabled, hint]) => disabled && hint === "Set in the text below"), JSON.stringify(when));
  }
  await write(page, JSON.stringify(PROGRAM));
  await until(async () => (await gate()).every(([disabled]) => !disabled), "without a condition the fields are there");
});

test("rules are added, become another kind, get steps, and go", async (t) => {
  const page = await openProgram(t);
  const rules = async () => (await definition(page)).rewards.rules;
  await page.choose("#program-new-kind", "fixed");
  await page.click("#program-add-rule");
  assert.deepEqual((await rules()).at(-1), { id: "fixed", kind: "fixed", to: "advocate", amount: 1000 });
  await replace(page, "#program-field-rewards-rules-2-amount", "12.5");
  assert.equal((await rules())[2].amount, 1250);
  await page.evaluate(() => document.querySelector("#program-field-rewards-rules-2-kind").focus());
  await page.choose("#program-field-rewards-rules-2-kind", "milestones");
  assert.deepEqual((await rules())[2], { id: "fixed", kind: "milestones", to: "advocate", steps: [{ friends: 5, amount: 30, unit: "days" }] });
  assert.equal(await page.evaluate(() => document.activeElement.id), "program-field-rewards-rules-2-kind", "the focus stays");
  await page.click('[data-path="rewards.rules.2"] .steps > button');
  assert.deepEqual((await rules())[2].steps, [{ friends: 5, amount: 30, unit: "days" }, { friends: 7, amount: 30, unit: "days" }]);
  await replace(page, "#program-field-rewards-rules-2-steps-1-friends", "4");
  assert.match((await wrong(page, "rewards-rules-2-steps-1-friends")).said, /Each step needs more friends/);
  await page.click('[data-path="rewards.rules.2"] .rule-head button');
  assert.deepEqual(await rules(), PROGRAM.rewards.rules);
  await silent(page);
});

test("what is no number is told at its field, and nothing is paid by a guess", async (t) => {
  const page = await openProgram(t);
  await replace(page, "#program-field-rewards-rules-1-percent", "five");
  assert.equal((await definition(page)).rewards.rules[1].percent, "five");
  assert.match((await wrong(page, "rewards-rules-1-percent")).said, /A number belongs here/);
  await replace(page, "#program-field-rewards-rules-1-percent", "5.125");
  assert.match((await wrong(page, "rewards-rules-1-percent")).said, /two decimals/);
  assert.deepEqual(await column(page, 2), ["–", "–", "–", "–", "–"]);
});

test("the odds that two codes are the same are told for as many as are expected", async (t) => {
  const page = await openProgram(t);
  await page.click("#program-codes summary");
  await replace(page, "#program-field-codes-expected", "100000");
  await replace(page, "#program-field-codes-length", "8");
  // 31⁷ codes, the eighth character checks the others: 1 - exp(-k(k - 1)/2N) is 16.6 % for k = 10⁵, and 1 for 10⁶ but for 10⁻⁸.
  const exact = -Math.expm1(-(1e5 * (1e5 - 1)) / (2 * 31 ** 7));
  const odds = await text(page, "#program-codes .odds");
  assert.ok(odds.startsWith(`Codes of 8 characters. That any two are the same: among 100,000 of them ${(100 * exact).toFixed(1)}%`), odds);
  assert.match((await wrong(page, "codes-expected")).said, /^So many take longer codes: /);
  assert.match(await text(page, "#program-trouble"), /^Codes: Codes expected So many/);
  await empty(page, "#program-field-codes-length");
  assert.match(await text(page, "#program-codes .odds"), /^Codes of 10 characters\./);
  await page.choose("#program-field-codes-kind", "derived");
  assert.match(await text(page, "#program-codes .odds"), /no two are the same/);
  await silent(page);
});

test("each channel has the link with the code and its own tags, and the words with that link", async (t) => {
  const page = await openProgram(t);
  const code = await page.evaluate(() => document.querySelector("#kit-code").placeholder);
  assert.match(code, /^[2-9A-HJKMNP-Z]{8}$/);
  await replace(page, "#kit-address", "https://example.com/tea?size=2#green");
  await replace(page, "#kit-words", "Tea for you & me, {code}: {link}!");
  const links = await until(() => kit(page, "https://example.com/"), "the links lead there");
  // Google Analytics puts networks into the group of organic social, and mail and text messages into their own.
  const mediums = { email: "email", sms: "sms", copy: "referral" };
  assert.equal(Object.keys(links).length, 12);
  for (const [channel, { link, words, open }] of Object.entries(links)) {
    const { origin, pathname, hash, searchParams } = new URL(link);
    assert.deepEqual([origin, pathname, hash], ["https://example.com", "/tea", "#green"]);
    assert.deepEqual(Object.fromEntries(searchParams), {
      size: "2", ref: code, utm_source: channel, utm_medium: mediums[channel] ?? "social", utm_campaign: "harbours",
    });
    if (["facebook", "linkedin"].includes(channel)) assert.match(words, /^Takes no words/);
    else assert.equal(words, `Tea for you & me, ${code}: ${link}!`);
    if (channel === "whatsapp") assert.equal(new URL(open).searchParams.get("text"), words);
    if (channel === "facebook") assert.equal(new URL(open).searchParams.get("u"), link);
  }
  await silent(page);
});

test("a channel may have words of its own; a code may be typed, and a mistyped one is refused", async (t) => {
  const page = await openProgram(t);
  await page.choose("#kit-words-channel", "email");
  await replace(page, "#kit-words", "Dear neighbour, {link}");
  const { email, sms } = await until(async () => {
    const links = await kit(page, "http");
    return links?.email.words.startsWith("Dear") && links;
  }, "the mail has its words");
  assert.equal(email.words, `Dear neighbour, ${email.link}`);
  assert.ok(!sms.words.startsWith("Dear"));

  // Of the digits 0 to 30, 2 is the first: a sum of zeros is a multiple of 31.
  await replace(page, "#kit-code", "2222 2222");
  await until(async () => (await text(page, "#kit-told")) === "With the code 22222222.", "the code is repaired");
  assert.equal(new URL((await kit(page, "http")).sms.link).searchParams.get("ref"), "22222222");
  await replace(page, "#kit-code", "2222 2223");
  await until(async () => (await text(page, "#kit-told")).startsWith("This is no code"), "the code is refused");
  assert.equal(await kit(page, "http"), null);
  await page.click("#kit-other");
  await until(() => kit(page, "http"), "another code is made up");
  await silent(page);
});

test("codes that only a server can make are asked for, and plain links are warned of where only signed ones count", async (t) => {
  const page = await openProgram(t);
  const told = (words) => until(async () => (await text(page, "#kit-told")) === words, words);
  for (const [kind, words] of [["server", "Type a code: the program’s are made by your server."], ["derived", "Type a code: the program’s are made of a signed-in user’s id."]]) {
    await write(page, JSON.stringify({ ...PROGRAM, codes: { kind } }));
    await told(words);
    assert.equal(await page.evaluate(() => document.querySelector("#kit-code").getAttribute("aria-invalid")), "false");
    assert.equal(await page.evaluate(() => document.querySelector("#kit-unsigned").hidden), true);
    assert.equal(await page.evaluate(() => document.querySelector(".kit-qr").getClientRects().length), 0, "no code of another link");
  }
  await write(page, JSON.stringify({ ...PROGRAM, signed: { required: true, keys: [{ kid: "a", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }] } })); // RFC 8037, A.2
  await until(() => page.evaluate(() => !document.querySelector("#kit-unsigned").hidden), "plain links are warned of");
  await replace(page, "#kit-code", "22222222");
  await told("With the code 22222222.");
  assert.equal(await text(page, "#program-verdict"), "All checks pass.");
  await silent(page);
});

test("the QR code is read back as the link, as drawn and as a file", async (t) => {
  const page = await openProgram(t);
  await replace(page, "#kit-code", "22222222");
  for (const [which, expected] of [["short", "/r/22222222"], ["link", "/?ref=22222222&utm_source=qr&utm_medium=referral&utm_campaign=harbours"]]) {
    await page.choose("#kit-qr-link", which);
    const link = await until(async () => {
      const shown = await value(page, "#kit-qr-text");
      return shown.endsWith(expected) && shown;
    }, `the link in the code is the ${which} one`);
    await until(() => page.evaluate((wanted) => document.querySelector(".kit-qr").alt === `QR code of ${wanted}`, link), "the code is drawn");
    const { address, png } = await page.evaluate(async () => {
      const { qrPng } = await import("/console/qr_png.js");
      const { src } = document.querySelector(".kit-qr");
      const blob = await qrPng(decodeURIComponent(src.slice(src.indexOf(",") + 1)), { side: 600 });
      const file = new FileReader();
      await new Promise((done) => { file.onload = done; file.readAsDataURL(blob); });
      return { address: src, png: file.result };
    });
    assert.match(png, /^data:image\/png;base64,/);
    for (const image of [address, png]) assert.equal((await decoded(page, image))?.data, link);
  }
  await silent(page);
});

test("a logo in the middle, and a host in capitals, are read back too", async (t) => {
  const page = await openProgram(t);
  await replace(page, "#kit-code", "22222222");
  await until(async () => (await value(page, "#kit-qr-text")).endsWith("/r/22222222"), "the short link is drawn");
  const before = await page.evaluate(() => document.querySelector(".kit-qr").src);
  await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 64 });
    canvas.getContext("2d").fillRect(0, 0, 64, 64);
    const blob = await new Promise((done) => canvas.toBlob(done));
    const files = new DataTransfer();
    files.items.add(new File([blob], "logo.png", { type: "image/png" }));
    const input = document.querySelector("#kit-qr-logo");
    input.files = files.files;
    input.dispatchEvent(new Event("change"));
  });
  await until(() => page.evaluate((old) => document.querySelector(".kit-qr").src !== old, before), "the code is drawn anew");
  await page.click("#kit-qr-capitals");
  const link = await value(page, "#kit-qr-text");
  const { src, read } = await until(async () => {
    const now = await page.evaluate(() => document.querySelector(".kit-qr").src);
    const found = (await decoded(page, now))?.data;
    return found?.startsWith("HTTP:") && { src: now, read: found };
  }, "the code has a host in capitals");
  assert.equal(new URL(read).href, link);
  const svg = decodeURIComponent(src.slice(src.indexOf(",") + 1));
  assert.match(svg, /<image [^>]*href="data:image\/png;base64,/);
  await silent(page);
});

/** A console at the program, with a definition of the test. */
async function openProgram(t, first = "") {
  const site = await startSite(t, { first, site: (definition) => { definition.referral = PROGRAM; } });
  const page = await site.open("/console/#program");
  await until(() => page.evaluate(() => document.querySelector("#kit-qr-text")?.value), "the view is drawn");
  return page;
}

const drawn = (page) => until(() => text(page, "#program-verdict"), "the verdict is there");

async function reopen(page) {
  await page.reload();
  await drawn(page);
}

/** The program that the numbers are counted by; null is the site's. */
const editedThere = (page) => page.evaluate(() => import("/console/views/program.js").then(({ edited }) => edited()));

const text = (page, selector) => page.evaluate((which) => document.querySelector(which).textContent, selector);
const value = (page, selector) => page.evaluate((which) => document.querySelector(which).value, selector);
const definition = async (page) => JSON.parse(await value(page, "#program-text"));

/** Into the text, which is in a closed part of the page. */
const write = (page, json) => page.evaluate((words) => {
  const area = document.querySelector("#program-text");
  area.value = words;
  area.dispatchEvent(new Event("input", { bubbles: true }));
}, json);

/** Nothing typed is nothing done, to some drivers. */
const empty = (page, selector) => page.evaluate((which) => {
  const input = document.querySelector(which);
  input.value = "";
  input.dispatchEvent(new Event("input", { bubbles: true }));
}, selector);

/** Types into a field that may hold something: WebKitGTK's driver goes on where that ends. */
async function replace(page, selector, words) {
  await empty(page, selector);
  await page.type(selector, words);
}

/** What is told at a field. */
const wrong = (page, name) => page.evaluate((id) => {
  const input = document.getElementById(id);
  return { invalid: input.getAttribute("aria-invalid"), said: document.getElementById(`${id}-wrong`).textContent };
}, `program-field-${name}`);

/** A column of the example, without what stands below in small. */
const column = (page, place) => page.evaluate((index) => {
  const cells = [...document.querySelectorAll("#example tbody tr")].map((row) => row.cells[index]);
  if (!cells.length) return ["–", "–", "–", "–", "–"];
  return cells.map((cell) => (cell.querySelector(".gets")?.firstChild ?? cell.firstChild).textContent);
}, place);

/** The channels, once their links lead there; null where there are none. */
const kit = (page, start) => page.evaluate((begin) => {
  const items = [...document.querySelectorAll(".kit-channels > li")];
  const all = items.map((item) => [item.dataset.channel, {
    link: item.querySelector("input").value, words: item.querySelector(".kit-words").textContent, open: item.querySelector("a").href,
  }]);
  return all.length && all.every(([, { link }]) => link.startsWith(begin)) ? Object.fromEntries(all) : null;
}, start);

async function silent(page) {
  assert.deepEqual(await watched(page), { warnings: [], errors: [], uncaught: [], violations: [] });
}

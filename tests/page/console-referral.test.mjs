// The console's numbers of referrals, against a recount of the simulated visitors' events by other means.
import assert from "node:assert/strict";
import { test } from "node:test";
import { watched } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";
import { until } from "./support/until.mjs";

const SEED = 1844;
const VISITORS = 10_000;
const DAY_MS = 864e5;

test("the numbers are those of the simulated events", async (t) => {
  const page = await (await startSite(t)).open("/console/#referral");
  await until(() => page.evaluate(() => document.querySelector("nav a[aria-current]") !== null), "the console has drawn its view");
  await page.click("#toolbar [type=submit]");
  await until(async () => (await text(page, "#note")).includes("These are 10,000 simulated visitors"), "all visitors have arrived", 120_000);
  const counted = recount(await simulated(page));
  const shown = await until(async () => {
    const pairs = await figures(page);
    return pairs["visitors with a code of their own"] === "10,000" && pairs;
  }, "the last numbers are drawn");

  await t.test("how many came, and became users", () => {
    assert.equal(shown["visitors who passed theirs on"], number(counted.sharers));
    assert.equal(shown["visitors who came by a friend"], number(counted.arrivals));
    assert.equal(shown[`of ${number(counted.users)} users came by a friend`], number(counted.referred));
  });

  await t.test("K and the time of a round", async () => {
    // K is friends over users, by its definition.
    assert.equal(shown["new users by each user (K)"], (counted.brought / counted.users).toFixed(2));
    const words = await text(page, "#referral-result");
    assert.ok(words.includes(`${number(counted.users)} users brought ${number(counted.brought)} new ones`), words);
    const mean = counted.spans.reduce((sum, span) => sum + span, 0) / counted.spans.length;
    assert.ok(words.includes(`A round takes ${(mean / DAY_MS).toFixed(1)} days on average`), `${mean / DAY_MS}`);
    // S / (1 - K), the sum of the geometric series.
    const limit = Math.round(100 / (1 - counted.brought / counted.users));
    assert.ok(words.includes(`there would be ${limit} in the end`), `${limit}`);
    assert.ok((await page.evaluate(() => document.querySelector("#referral-result svg").textContent)).includes(`limit ${limit}`));
  });

  await t.test("generations", async () => {
    const label = await page.evaluate(() => [...document.querySelectorAll("#referral-result svg")].map((svg) => svg.getAttribute("aria-label")).find((each) => each.startsWith("People by generation")));
    const said = counted.generations.map((people, generation) => `${generation ? ["1st", "2nd", "3rd", "4th"][generation - 1] + " generation" : "brought others"}: ${number(people)}`);
    assert.equal(label, `People by generation. ${said.join(". ")}.`);
    assert.ok(counted.generations.length > 2, "friends of friends come");
  });

  await t.test("the leaderboard", async () => {
    const rows = await page.evaluate(() => [...document.querySelectorAll("table[aria-label*='verified friend'] tbody tr")].map((row) => [...row.cells].slice(0, 5).map((cell) => cell.textContent)));
    assert.deepEqual(rows, counted.board.slice(0, 20).map(({ code, came, joined, verified }, place) => [place + 1, code, came, joined, verified].map(String)));
  });

  await t.test("cheats are flagged with reasons, and nobody else is", async () => {
    const rows = await page.evaluate(() => [...document.querySelectorAll("table[aria-label*='flagged referrals'] tbody tr, table[aria-label='Flagged referrals'] tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent)));
    assert.ok(counted.flagged.length > 0, "somebody cheats");
    assert.deepEqual(rows.map(([code]) => code).sort(), counted.flagged.slice(0, 20).sort());
    for (const row of rows) assert.match(row[3], /\+80 Both addresses are of one mailbox\..*\+20 The friend signed up or bought faster than a page can be read\./);
    assert.ok((await text(page, "#referral-result")).includes("It never blocks anybody"));
  });

  await t.test("the cost of a friend", async () => {
    // In cents; other costs are added before the sum is shared.
    const each = Math.round(counted.rewards / counted.referred) / 100;
    assert.ok((await text(page, "#referral-result")).includes(`€${each.toFixed(2)} each: the program owes €${euros(counted.rewards)}`), `${each} ${euros(counted.rewards)}`);
    await write(page, "Spent besides rewards", "1000");
    const more = Math.round((counted.rewards + 100_000) / counted.referred) / 100;
    await until(async () => (await text(page, "#referral-result")).includes(`€${more.toFixed(2)} each`), `the other costs are shared as well: ${more}`);
  });

  await t.test("a place in the line", async () => {
    const { code } = counted.board[0];
    await write(page, "Whose code", code.toLowerCase());
    const place = counted.line.findIndex((person) => person.code === code) + 1;
    await until(async () => (await text(page, "#referral-result")).includes(`Place ${number(place)} of ${number(counted.users)}, with`), `the place is ${place}`);
    await write(page, "Whose code", "22222222");
    await until(async () => (await text(page, "#referral-result")).includes("Nobody who waits has this code"), "an unknown code has no place");
  });

  await t.test("by the edited program, which is said", async () => {
    assert.ok(!(await text(page, "#referral-result")).includes("By the edited program"));
    await page.evaluate(() => { location.hash = "#program"; });
    await until(() => page.evaluate(() => document.querySelector("#kit-qr-text")?.value), "the editor is drawn");
    await page.evaluate(() => {
      const percent = document.querySelector("#program-field-rewards-rules-1-tiers-0-percent");
      percent.value = "40";
      percent.dispatchEvent(new Event("input"));
    });
    await page.evaluate(() => { location.hash = "#referral"; });
    const more = counted.rewardsAt(40);
    assert.ok(more > counted.rewards);
    await until(async () => (await text(page, "#referral-result")).includes(`the program owes €${euros(more)}`), `it owes ${more}`);
    assert.match(await text(page, "#referral-result"), /^By the edited program/);
    await page.evaluate(() => document.querySelector("#program-reset").click());
    await page.evaluate(() => { location.hash = "#program"; });
    await page.evaluate(() => { location.hash = "#referral"; });
    await until(async () => (await text(page, "#referral-result")).includes(`the program owes €${euros(counted.rewards)}`), "the site's own again");
  });

  await t.test("users who are followed equally long", async () => {
    await page.evaluate(() => {
      const select = [...document.querySelectorAll("#referral-result select")].find((each) => each.closest("label").textContent.startsWith("Users are followed"));
      select.value = "3";
      select.dispatchEvent(new Event("input", { bubbles: true }));
    });
    const [users, friends] = counted.followed(3 * DAY_MS);
    await until(async () => (await text(page, "#referral-result")).includes(`${number(users)} users brought ${number(friends)} new ones: K is ${(friends / users).toFixed(2)}`), `${users} users, ${friends} friends`);
  });

  assert.deepEqual(await watched(page), { warnings: [], errors: [], uncaught: [], violations: [] });
});

test("where nobody came by a link, every part says so, and what to do", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  await until(() => page.evaluate(async () => Boolean((await window.privateer)?.referral().code)), "the page runs");
  await page.goto(`${site.url}/console/#referral`);
  await until(async () => (await text(page, "#referral-result")).includes("open it in a private window"), "the view says how to be one's own friend");
  const words = await text(page, "#referral-result");
  for (const part of ["Nobody has a verified friend yet", "There is no referral to judge yet", "nothing to share the cost among"]) assert.ok(words.includes(part), part);
});

// Window and binding are the page's business: a conversion says who was credited with it.
test("who is credited is what the conversion's event says", async (t) => {
  const page = await (await startSite(t)).open("/console/#referral");
  const counted = await page.evaluate(async () => {
    const track = (anonymousId, hour, event, properties, referrer) => ({
      type: "track", anonymousId, event, properties, messageId: `${anonymousId} ${hour}`, timestamp: new Date(Date.UTC(2026, 0, 5, hour)).toISOString(),
      context: referrer ? { referrer: { type: "friend", id: referrer } } : {},
    });
    const came = (id, hour, code) => track(id, hour, "Referral Captured", { code }, code);
    const { makeLedger } = await import("/console/ledger.js");
    const ledger = await makeLedger();
    ledger.add([
      // The link was too old by then.
      came("late", 1, "AAAAAAAA"), track("late", 9, "Signed Up", {}),
      // Somebody else's link came last, and another first.
      came("twice", 1, "AAAAAAAA"), came("twice", 2, "BBBBBBBB"), came("twice", 3, "CCCCCCCC"), track("twice", 9, "Signed Up", {}, "BBBBBBBB"),
    ]);
    const { arrivals, users, referred, board } = ledger.referrals({ program: { attribution: { model: "first" } }, days: 0, start: 100, other: 0, points: 10, code: "" });
    return { arrivals, users, referred, board: board.rows.map(({ code, came: visitors, joined }) => [code, visitors, joined]) };
  });
  assert.deepEqual(counted, { arrivals: 2, users: 2, referred: 1, board: [["BBBBBBBB", 1, 1]] });
});

/** The events of the same visitors, walked again in the page, as far as they matter. */
const simulated = (page) => page.evaluate(async ({ seed, visitors }) => {
  const { crowd } = await import("/console/crowd.js");
  const { engineReady } = await import("/console/made-up-visitor.js");
  await engineReady();
  const site = await (await fetch("/site.json")).text();
  const wanted = ["Invite Shared", "Referral Captured", "Trial Requested"];
  const kept = [];
  for (const { events, code } of crowd({ seed, visitors, site })) {
    const email = events.find(({ type }) => type === "identify")?.traits.email ?? null;
    const own = events.filter(({ event }) => wanted.includes(event)).map(({ event, timestamp, properties }) => [event, Date.parse(timestamp), properties]);
    kept.push({ id: events[0].anonymousId, code, email, own, end: Math.max(...events.map(({ timestamp }) => Date.parse(timestamp))) });
  }
  return kept;
}, { seed: SEED, visitors: VISITORS });

/** Each number by its definition, one after the other. */
function recount(visitors) {
  const of = (visitor, name) => visitor.own.filter(([event]) => event === name);
  const people = visitors.map((visitor) => ({
    ...visitor,
    from: of(visitor, "Referral Captured")[0]?.[2].code,
    joined: of(visitor, "Trial Requested")[0]?.[1],
    paid: Math.round((of(visitor, "Trial Requested")[0]?.[2].value ?? 0) * 100),
    shares: of(visitor, "Invite Shared").length,
  }));
  const byCode = new Map(people.map((person) => [person.code, person]));
  const users = people.filter(({ joined }) => joined);
  const referred = users.filter(({ from }) => from).map((person) => ({ ...person, advocate: byCode.get(person.from) }));
  const loops = referred.filter(({ advocate }) => advocate.joined);
  // A cheat's address is the advocate's with a tag.
  const isFlagged = ({ email, advocate }) => email.replace("+again@", "@") === advocate.email;
  const generation = (person) => (person.from && person.joined ? 1 + generation(byCode.get(person.from)) : 0);
  const inTree = new Set(referred.flatMap(({ id, advocate }) => [id, advocate.id]));
  const generations = [];
  for (const person of people.filter(({ id }) => inTree.has(id))) generations[generation(person)] = (generations[generation(person)] ?? 0) + 1;
  const advocates = new Map();
  for (const friend of referred) advocates.set(friend.from, [...(advocates.get(friend.from) ?? []), friend]);
  const board = [...advocates].map(([code, friends]) => {
    const verified = friends.filter((friend) => !isFlagged(friend));
    return { code, id: byCode.get(code).id, came: people.filter(({ from }) => from === code).length, joined: friends.length, verified: verified.length, reached: Math.max(...verified.map(({ joined }) => joined)) };
  }).filter(({ verified }) => verified).sort((a, b) => b.verified - a.verified || a.reached - b.reached || (a.id < b.id ? -1 : 1));
  const rewardsAt = (percentOfThree) => [...advocates.values()].reduce((sum, friends) => sum + crew(friends, percentOfThree), 0);
  const points = new Map(board.map(({ code, verified }) => [code, verified * 10]));
  return {
    sharers: people.filter(({ shares }) => shares).length,
    arrivals: people.filter(({ from }) => from).length,
    users: users.length,
    referred: referred.length,
    brought: loops.length,
    spans: loops.map(({ joined, advocate }) => joined - advocate.joined),
    generations,
    board,
    flagged: referred.filter(isFlagged).map(({ from }) => from),
    rewards: rewardsAt(30),
    rewardsAt,
    line: users.toSorted((a, b) => (points.get(b.code) ?? 0) - (points.get(a.code) ?? 0) || a.joined - b.joined || (a.id < b.id ? -1 : 1)),
    followed: (span) => {
      const until = Math.max(...visitors.map(({ end }) => end));
      const old = new Set(users.filter(({ joined }) => joined <= until - span).map(({ code }) => code));
      return [old.size, loops.filter(({ from, joined, advocate }) => old.has(from) && joined <= advocate.joined + span).length];
    },
  };
}

/** The rule "crew" of site.json: three friends 30 % or as edited, five 50 % of what each paid, in whole cents. */
function crew(friends, percentOfThree) {
  const percent = friends.length >= 5 ? 50 : friends.length >= 3 ? percentOfThree : 0;
  return friends.reduce((sum, { paid }) => sum + Math.floor((paid * percent) / 100), 0);
}

const number = (whole) => new Intl.NumberFormat("en").format(whole);
const euros = (cents) => new Intl.NumberFormat("en", { minimumFractionDigits: 2 }).format(cents / 100);

const text = (page, selector) => page.evaluate((which) => document.querySelector(which).textContent, selector);

const figures = (page) => page.evaluate(() => Object.fromEntries(
  [...document.querySelectorAll("#referral-result .figures div")].map((each) => [each.querySelector("dt").textContent, each.querySelector("dd").textContent])));

/** Types into the field with this label. */
const write = (page, label, words) => page.evaluate((name, typed) => {
  const input = [...document.querySelectorAll("#referral-result label")].find((each) => each.textContent.startsWith(name)).querySelector("input");
  input.value = typed;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}, label, words);

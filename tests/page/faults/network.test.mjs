// Faults 1 to 9 and 40: the collector is in trouble, or the network between is. No event is lost, none is written twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { during } from "../../../scripts/serve/faults.mjs";
import { needs } from "../support/browser.mjs";
import { burst, complete, passTime, settled, skip, viewed } from "../support/ledger.mjs";
import { started } from "../support/privateer.mjs";
import { startQuick } from "../support/remote.mjs";
import { until } from "../support/until.mjs";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const answers = (status, more) => ({ kind: "respond", status, ...more });
// After six seconds of failures the next try may be eight seconds away.
const LONG_WAIT = 25_000;
const LOG_IN = { type: "text/html", body: "<!doctype html><title>Please log in</title>" };

const twice = (fault) => (faults) => faults.once(fault, fault);
const lasting = (ms, fault) => (faults) => faults.where(during(ms), fault);

// Troubles that pass while the page is open. Where the answer was lost, a second copy is the price of not losing the event.
const TROUBLES = {
  "1: 503 for six seconds": { begin: lasting(6_000, answers(503)) },
  "3: 429 without Retry-After": { begin: lasting(3_000, answers(429)) },
  "4: connections break for six seconds": { begin: lasting(6_000, { kind: "refuse" }) },
  "8: the answer is lost after the events were written": { begin: twice({ kind: "cut" }), copies: true },
  "9: 500": { begin: twice(answers(500)) },
  "9: 502": { begin: twice(answers(502)) },
  "9: 504": { begin: twice(answers(504)) },
  "9: 408": { begin: twice(answers(408)) },
  "40: a log-in page answers with 200": { begin: lasting(3_000, answers(200, LOG_IN)) },
};

for (const [what, { begin, copies }] of Object.entries(TROUBLES)) {
  test(what, async (t) => {
    const site = await startQuick(t);
    const page = await site.open();
    await viewed(site, page);
    const before = site.arrivals.length;
    begin(site.faults);
    await burst(page);
    await until(() => site.arrivals.length - before > 1, "the trouble was met", LONG_WAIT);
    await complete(site, 20, { pages: 1, copies, patience: LONG_WAIT });
    await settled(page);
  });
}

test("1: 503 for ten minutes: few tries, and nothing lost", async (t) => {
  const site = await startQuick(t, { clock: true });
  site.faults.always(answers(503));
  const page = await site.open();
  await burst(page);
  await passTime(page, 10 * MINUTE, MINUTE / 4);
  const tries = site.arrivals.length;
  assert.ok(tries >= 4 && tries <= 25, `${tries} tries in ten minutes`);
  site.faults.clear();
  await passTime(page, 5 * MINUTE, MINUTE / 4);
  await complete(site, 20, { pages: 1 });
  await settled(page);
});

// How a collector asks to wait, as it answers, and until when that is for a delivery that came at a certain time. A date counts whole
// seconds.
const WAITS = {
  "in seconds": () => ({ retryAfter: 2, until: (at) => at + 2_000 }),
  "as a date": () => {
    let date;
    return { retryAfter: () => (date = new Date(Date.now() + 5_000).toUTCString()), until: () => Date.parse(date) };
  },
};

for (const status of [429, 503]) {
  for (const [how, ask] of Object.entries(WAITS)) {
    test(`2: ${status} with Retry-After ${how}: nothing comes before it`, async (t) => {
      const site = await startQuick(t);
      const page = await site.open();
      await viewed(site, page);
      const before = site.arrivals.length;
      const wait = ask();
      site.faults.once(answers(status, { retryAfter: wait.retryAfter }));
      await burst(page);
      await complete(site, 20, { pages: 1 });
      const [first, second] = site.arrivals.slice(before);
      assert.ok(wait.until(first.at) - first.at > 500, "there was something to wait for");
      assert.ok(second.at >= wait.until(first.at) - 50, `the second try came after ${second.at - first.at} ms`);
      await settled(page);
    });
  }
}

test("4: nobody listens, and the browser says that it is online", async (t) => {
  const site = await startQuick(t);
  const page = await site.open();
  await viewed(site, page);
  await site.collector.down();
  await burst(page);
  await sleep(4_000);
  assert.equal(await page.evaluate(() => navigator.onLine), true);
  await site.collector.up();
  await complete(site, 20, { pages: 1 });
  await settled(page);
});

test("5: offline for five seconds", needs("offline"), async (t) => {
  const site = await startQuick(t);
  const visitor = await site.visitor();
  const page = await visitor.open(`${site.url}/`);
  await viewed(site, page);
  await visitor.offline(true);
  await burst(page);
  await sleep(5_000);
  assert.equal(await page.evaluate(() => navigator.onLine), false);
  await visitor.offline(false);
  await complete(site, 20, { pages: 1 });
  await settled(page);
});

// When the page tried, by its own clock.
const NOTE_TRIES = `
  window.tries = [];
  const realFetch = window.fetch;
  window.fetch = (what, ...more) => {
    if (String(what).endsWith("/collect")) window.tries.push(Date.now());
    return realFetch(what, ...more);
  };`;

test("5: offline for an hour: a try every twenty minutes, and delivered as soon as the network is back", needs("offline"), async (t) => {
  const site = await startQuick(t, { clock: true, first: NOTE_TRIES });
  const visitor = await site.visitor();
  const page = await visitor.open(`${site.url}/`);
  await viewed(site, page);
  await visitor.offline(true);
  await until(() => page.evaluate(() => !navigator.onLine), "the browser knows that it is offline");
  const before = await page.evaluate(() => window.tries.length);
  const tries = async () => (await page.evaluate(() => window.tries)).slice(before);
  await burst(page);
  // The hour begins with the first try, and leaves room for a slow machine, whose own time passes as well: a fourth try is due at its end.
  await until(async () => (await tries()).length > 0, "the first try was made");
  await passTime(page, HOUR - 5 * MINUTE, MINUTE);
  const times = await tries();
  const waits = times.slice(1).map((at, place) => at - times[place]);
  assert.equal(times.length, 3, `${times.length} tries without a network`);
  assert.ok(waits.every((ms) => ms >= HOUR / 3), `waits of ${waits} ms`);
  await visitor.offline(false);
  await complete(site, 20, { pages: 1, patience: 8_000 });
  await settled(page);
});

// An address that cannot be reached, until the site's definition names one that can.
const UNREACHABLE = {
  "6: the collector's name is not known": () => "https://collector.invalid",
  "6: the collector's TLS fails": ({ url }) => url.replace("http:", "https:"),
};

for (const [what, addressOf] of Object.entries(UNREACHABLE)) {
  test(what, async (t) => {
    const site = await startQuick(t, {
      site: ({ delivery }, collector) => { delivery.url = `${addressOf(collector)}/collect`; },
      policy: (collector) => `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ${collector.url} ${addressOf(collector)}`,
    });
    const page = await site.open();
    await burst(page);
    await sleep(2_500);
    assert.equal(site.arrivals.length, 0);
    site.define(() => {});
    await page.reload();
    await complete(site, 20, { pages: 2 });
    await settled(page);
  });
}

for (const written of [false, true]) {
  test(`7: no answer ever, the events ${written ? "written" : "not written"}`, async (t) => {
    const site = await startQuick(t, { clock: true, first: NOTE_TRIES });
    site.faults.once({ kind: "hang", written }, { kind: "hang", written });
    const page = await site.open();
    await burst(page);
    // The one under way has to be given up, then the next.
    for (const tries of [1, 2, 3]) {
      await until(async () => {
        // What is on its way to the collector is no silence of the collector.
        const isOnItsWay = (await page.evaluate(() => window.tries.length)) > site.arrivals.length;
        if (site.arrivals.length < tries && !isOnItsWay) await skip(page, MINUTE / 6);
        return site.arrivals.length >= tries;
      }, `try ${tries} has come`);
    }
    await complete(site, 20, { pages: 1, copies: true });
    await settled(page);
  });
}

test("7: no answer ever, and the page is closed while it waits", async (t) => {
  const site = await startQuick(t);
  site.faults.always({ kind: "hang" });
  const visitor = await site.visitor();
  const page = await visitor.open(`${site.url}/`);
  await burst(page);
  await until(() => site.arrivals.length > 0, "a delivery is under way");
  await page.close();
  site.faults.clear();
  const next = await visitor.open(`${site.url}/`);
  await complete(site, 20, { pages: 2, copies: true });
  await settled(next);
});

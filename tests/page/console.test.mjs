// The marketer's console, with this browser's own events and with simulated visitors.
import assert from "node:assert/strict";
import { test } from "node:test";
import { started, watched } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";
import { until } from "./support/until.mjs";

// Those that show events; the view of the program shows its definition, see console-program.test.mjs.
const VIEWS = ["live", "experiments", "funnel", "score", "model", "referral"];

test("the console shows what this browser recorded", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  await started(page);
  await page.click('[data-plan="crew"]');
  await page.goto(`${site.url}/console/#live`);
  await until(async () => (await text(page, "#live-list")).includes("Plan Chosen"), "the console lists the click");
  await silent(page);
});

test("the console tells what became of the events, and which ones a collector refused", async (t) => {
  const site = await startSite(t);
  const page = await site.open();
  await started(page);
  await page.click('[data-plan="crew"]');
  await until(() => page.evaluate(async () => (await window.privateer).status().delivered > 0), "events were delivered");
  await page.goto(`${site.url}/console/#live`);
  await page.evaluate(() => {
    const record = JSON.parse(localStorage.getItem("privateer.visitor"));
    const refusals = [{ messageId: "m1", event: "Refused <b>Event</b>", status: 422 }, { messageId: 7 }];
    localStorage.setItem("privateer.visitor", JSON.stringify({ ...record, delivered: 1_234, dropped: 5, refusals }));
  });
  await until(async () => (await text(page, "#live-delivery")).includes("1,234"), "the figures");
  const told = await text(page, "#live-delivery");
  for (const words of ["given up", "Refused <b>Event</b>", "422", "m1"]) assert.ok(told.includes(words), words);
  await silent(page);
});

test("a browser without events is told so, in every view", async (t) => {
  const page = await openConsole(await startSite(t));
  for (const view of VIEWS) {
    await show(page, view);
    await until(() => shownEmpty(page, view), `the view ${view} says that there is nothing yet`);
  }
  await silent(page);
});

test("simulated visitors fill every view, and the simulation can be cancelled", async (t) => {
  const page = await openConsole(await startSite(t));
  await page.click("#toolbar [type=submit]");
  await until(() => page.evaluate(() => document.querySelector("#progress").value > 0.02), "some visitors have arrived");
  await page.click("#cancel");
  await until(async () => (await text(page, "#note")).includes("cancelled"), "the simulation says that it was cancelled");
  for (const view of VIEWS) {
    await show(page, view);
    await until(async () => !(await shownEmpty(page, view)), `the view ${view} has something to show`);
  }
  assert.equal(await page.evaluate(() => document.querySelector("#trouble").hidden), true);
  await silent(page);
});

test("a simulation stores and sends nothing", async (t) => {
  const site = await startSite(t);
  const page = await openConsole(site);
  await page.click("#toolbar [type=submit]");
  await until(() => page.evaluate(() => document.querySelector("#progress").value > 0.01), "some visitors have arrived");
  await page.click("#cancel");
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("privateer.event."))), []);
  assert.equal(site.deliveries(), 0);
});

// The model lets people behave by the headline they see: it must be the one that was counted.
test("a simulated visitor sees the variation that is counted", async (t) => {
  const page = await openConsole(await startSite(t));
  const visitors = await page.evaluate(async () => {
    const { MadeUpVisitor, engineReady } = await import("/console/made-up-visitor.js");
    await engineReady();
    const site = await (await fetch("/site.json")).text();
    return Array.from({ length: 40 }, (_, seed) => {
      const visitor = new MadeUpVisitor({ site, address: "https://hushmoor.example/", seed, nowMs: Date.UTC(2026, 0, 5) });
      const seen = visitor.see("hero");
      const counted = visitor.takeEvents().find(({ event }) => event === "Experiment Viewed").properties.variation_id;
      visitor.free();
      return { seen, counted };
    });
  });
  const counted = { control: 0, outcome: 1 };
  for (const each of visitors) assert.equal(each.seen, counted[each.counted] ?? Number(each.counted));
  assert.deepEqual([...new Set(visitors.map(({ seen }) => seen))].sort(), [0, 1]);
});

test("the same seed simulates the same visitors", async (t) => {
  const site = await startSite(t);
  const experiments = async () => {
    const page = await openConsole(site, "#experiments");
    // The note says that all have arrived a moment before the cards do: what counts is drawn after it.
    await page.evaluate(() => {
      new MutationObserver(() => {
        if (document.querySelector("#note").textContent.includes("These are 10,000 simulated visitors")) window.drawnLast = true;
      }).observe(document.querySelector("#experiments-cards"), { childList: true });
    });
    await page.click("#toolbar [type=submit]");
    await until(() => page.evaluate(() => window.drawnLast), "the experiments of all visitors are drawn", 120_000);
    return until(() => text(page, "#experiments-cards"), "they have words");
  };
  assert.equal(await experiments(), await experiments());
});

/** Opens the console and waits for its first drawing: before it, a button is only a button. */
async function openConsole(site, view = "") {
  const page = await site.open(`/console/${view}`);
  await until(() => page.evaluate(() => document.querySelector("nav a[aria-current]") !== null), "the console has drawn its view");
  return page;
}

const text = (page, selector) => page.evaluate((which) => document.querySelector(which).textContent, selector);

const show = (page, view) => page.evaluate((name) => { location.hash = name; }, view);

/** Whether a view is open and says that it has nothing. */
const shownEmpty = (page, view) => page.evaluate((name) => {
  const section = document.querySelector(`#${name}-view`);
  return !section.hidden && !section.querySelector("[data-empty]").hidden;
}, view);

async function silent(page) {
  assert.deepEqual(await watched(page), { warnings: [], errors: [], uncaught: [], violations: [] });
}

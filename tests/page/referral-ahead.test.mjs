// A friend's link that a browser fetches ahead: nobody has clicked it yet.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { ENGINE } from "./support/browser.mjs";
import { call, named, stored } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";
import { until } from "./support/until.mjs";

const LINK = "/?ref=22222222";
const FETCHES_AHEAD = { type: "text/html; charset=utf-8", body: `<!doctype html><title>Elsewhere</title><link rel="prefetch" href="${LINK}"><a href="${LINK}">Come</a>` };
const fetched = (page) => page.evaluate((link) => performance.getEntriesByType("resource").some(({ name }) => name.endsWith(link)), LINK);

const skip = ENGINE === "webkit" && "WebKitGTK fetches no page ahead";

test("a link that is fetched ahead counts once somebody follows it", { skip }, async (t) => {
  const site = await startSite(t, { instead: { "/ahead": FETCHES_AHEAD } });
  const page = await site.open("/ahead");
  await until(() => fetched(page), "the page was fetched ahead");
  await sleep(1_000);
  assert.deepEqual(await site.events(), [], "nobody came yet");
  assert.deepEqual(await stored(page), {}, "and nothing is stored");
  await page.goto(site.url + LINK);
  const { incoming, touches } = await call(page, "referral");
  assert.deepEqual([incoming, touches.length], ["22222222", 1]);
  await site.event(({ event }) => event === "Referral Captured", "the captured code");
  assert.equal(named(await site.events(), "Referral Captured").length, 1);
});

// What holds of every visit, tried on visits made from a seed: pieces of real ones, and rubbish.
import assert from "node:assert/strict";
import { test } from "node:test";
import { channelOf } from "../../www/harness/channel.js";
import { needsChannel } from "../../www/harness/channel/needed.js";
import { CASES, CLICK_IDS, ga4Sources, hostsOf, matomoHosts } from "./support/lists.mjs";

const CHANNELS = [
  ...["Direct", "Cross-network", "Paid Shopping", "Paid Search", "Paid Social", "Paid Video", "Display", "Paid Other", "AI Assistants"],
  ...["Organic Shopping", "Organic Social", "Organic Video", "Organic Search", "Referral", "Email", "Affiliates", "Audio", "SMS"],
  ...["Mobile Push Notifications", "Unassigned"],
];

// Mulberry32, so that a failing visit can be had again.
function chance(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { of: (list) => list[Math.floor(next() * list.length)] };
}

const RUBBISH = ["", " ", "\n", "\0", "ü", "💥", "\ud800", "%", "__proto__", "constructor", "(not set)", "a".repeat(10_000), "a.".repeat(5_000)];
const HOSTS = matomoHosts().flatMap(({ host }) => hostsOf(host)).concat("shop.example", "www.shop.example", "blog.example", "[::1]:80", "1.2.3.4", "bücher.example", "a..b");
const TEXTS = [...RUBBISH, ...CASES.flatMap(({ source, medium, campaign }) => [source, medium, campaign]), ...ga4Sources().map(({ source }) => source)];
const WHATEVER = [undefined, null, 0, NaN, true, Symbol("s"), () => {}, [], {}, [["a"]], new Date(NaN), Object.create(null), 10n];

function visitFrom(random) {
  const campaign = { source: random.of(TEXTS), medium: random.of(TEXTS), campaign: random.of(TEXTS), clickIds: { [random.of(CLICK_IDS).id]: "1" } };
  for (const member of Object.keys(campaign)) if (random.of([true, false])) delete campaign[member];
  const scheme = random.of(["https://", "http://", "HTTPS://", "android-app://", "ftp://", "//", ""]);
  return [campaign, scheme + random.of([...HOSTS, ...RUBBISH]) + random.of(["", ".", ":443", "/", "/a?b#c", "/i/grok"]), random.of(["shop.example", "www.google.com", ""])];
}

const raised = (value) => (typeof value === "string" ? value.toUpperCase() : value);

test("20,000 visits each have one of the channels, the same each time, whatever the case", () => {
  const random = chance(20_260_301);
  for (let count = 0; count < 20_000; count += 1) {
    const [campaign, referrer, ownHost] = visitFrom(random);
    const found = channelOf(campaign, referrer, ownHost);
    const about = JSON.stringify([campaign, referrer, ownHost]).slice(0, 500);
    assert.ok(CHANNELS.includes(found.channel), about);
    assert.ok(found.source && found.medium, about);
    assert.deepEqual(channelOf(campaign, referrer, ownHost), found, about);
    // Letters whose capitals are other letters ("ß") are left out: nothing that is listed has them.
    const upper = Object.fromEntries(Object.entries(campaign).map(([member, value]) => [member, raised(value)]));
    assert.deepEqual(channelOf(upper, referrer.toUpperCase(), ownHost.toUpperCase()), found, about);
  }
});

test("whatever stands where a text should, there is an answer", () => {
  for (const one of WHATEVER) {
    for (const other of WHATEVER) {
      for (const visit of [[one, other, one], [{ source: one, medium: other, campaign: one, clickIds: other }, one, other]]) {
        assert.ok(CHANNELS.includes(channelOf(...visit).channel));
      }
    }
  }
  assert.ok(CHANNELS.includes(channelOf().channel));
});

// Names that are a search engine's to Matomo and something else to Google.
const OTHERWISE = new Set(["digg", "friendfeed", "google shopping", "myspace"]);

test("the source and medium that a referrer implies are of the same channel where an address names them", () => {
  const differing = new Set();
  for (const host of new Set(matomoHosts().flatMap(({ host: entry }) => hostsOf(entry)))) {
    const { channel, source, medium } = channelOf({}, `https://${host}/`, "shop.example");
    if (channelOf({ source, medium }, "", "").channel !== channel) differing.add(source);
  }
  assert.deepEqual(differing, OTHERWISE);
});

test("where no channel is needed, the visit is direct", () => {
  const random = chance(7);
  for (let count = 0; count < 5_000; count += 1) {
    const [, referrer, ownHost] = visitFrom(random);
    const lower = referrer.toLowerCase(); // as browsers say it
    if (!needsChannel("", lower, ownHost)) assert.equal(channelOf({}, lower, ownHost).channel, "Direct", lower);
  }
});

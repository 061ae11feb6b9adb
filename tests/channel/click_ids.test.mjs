// What click ids imply, and when a page has to load the channels at all.
import assert from "node:assert/strict";
import { test } from "node:test";
import { channelOf } from "../../www/harness/channel.js";
import { needsChannel } from "../../www/harness/channel/needed.js";
import { CLICK_IDS } from "./support/lists.mjs";

const clicked = (names, more = {}, referrer = "") =>
  channelOf({ ...more, clickIds: Object.fromEntries([names].flat().map((name) => [name, "x1"])) }, referrer, "shop.example");

test("each click id implies what the list says", () => {
  assert.ok(CLICK_IDS.length >= 38);
  for (const { id, source, medium } of CLICK_IDS) {
    const found = clicked(id);
    const expected = medium ? [source || "(not set)", medium] : ["(direct)", "(none)"];
    assert.deepEqual([found.source, found.medium], expected, id);
    assert.deepEqual(clicked(id.toUpperCase()), found, id);
  }
});

test("of two click ids, the earlier of the list decides", () => {
  const telling = CLICK_IDS.filter(({ medium }) => medium);
  for (const [at, { id, source, medium }] of telling.entries()) {
    const later = telling.slice(at + 1).map((other) => other.id);
    const found = clicked([...later.reverse(), id]);
    assert.deepEqual([found.source, found.medium], [source || "(not set)", medium], id);
  }
});

for (const [names, channel] of [
  ["gclid", "Paid Search"],
  [["gad_source", "dclid"], "Display"],
  [["gclid", "msclkid"], "Paid Search"],
  ["ttclid", "Paid Social"],
  ["epik", "Paid Social"],
  ["fbclid", "Organic Social"],
  [["gclid", "fbclid"], "Paid Search"],
  ["tblci", "Paid Other"],
  ["awc", "Affiliates"],
  ["mc_cid", "Email"],
  ["srsltid", "Organic Search"],
  ["mtm_clid", "Direct"],
]) {
  test(`${names} → ${channel}`, () => assert.equal(clicked(names).channel, channel));
}

test("what the address names comes before its click ids, and these before the referrer", () => {
  const named = clicked("fbclid", { source: "newsletter", medium: "email" }, "https://www.google.com/");
  assert.deepEqual(named, { channel: "Email", source: "newsletter", medium: "email" });
  assert.equal(clicked("gclid", {}, "https://www.facebook.com/").channel, "Paid Search");
  assert.equal(clicked("ko_click_id", {}, "https://www.facebook.com/").channel, "Organic Social");
});

test("a source without a medium was paid for when its click id was", () => {
  assert.deepEqual(clicked("gclid", { source: "google" }), { channel: "Paid Search", source: "google", medium: "cpc" });
  assert.deepEqual(clicked("gclid", { medium: "email" }), { channel: "Email", source: "(not set)", medium: "email" });
});

test("an ad whose network does not tell is of the site that sent the visitor", () => {
  assert.deepEqual(clicked("s_kwcid", {}, "https://www.bing.com/"), { channel: "Paid Search", source: "bing", medium: "cpc" });
  assert.equal(clicked("s_kwcid").channel, "Paid Other");
});

test("a campaign alone is neither direct nor more than it says", () => {
  assert.deepEqual(channelOf({ campaign: "spring" }, "", ""), { channel: "Unassigned", source: "(not set)", medium: "(not set)" });
  assert.equal(channelOf({ campaign: "spring" }, "https://www.google.com/", "").channel, "Organic Search");
});

test("every click id and every utm parameter needs a channel, in any place and case", () => {
  const names = [...CLICK_IDS.map(({ id }) => id), "utm_source", "utm_medium", "utm_campaign", "utm_id", "ScCid"];
  for (const name of names) {
    for (const search of [`?${name}=1`, `?a=b&${name}=1`, `?${name.toUpperCase()}=1`]) assert.ok(needsChannel(search, "", "shop.example"), search);
  }
});

test("ordinary parameters need none", () => {
  for (const search of ["", "?", "?id=1", "?page=2&q=club&size=xl", "?product_id=7", "?url=%2Fa", "?classic=1", "?sort=epic", "?video=1", "?uid=3", "?awcx"]) {
    assert.equal(needsChannel(search, "", "shop.example"), search === "?awcx", search);
  }
});

test("another site's referrer needs one, the own site's none", () => {
  for (const [referrer, needed] of [
    ["", false],
    ["https://shop.example/a", false],
    ["https://www.shop.example/", false],
    ["https://cart.shop.example:8443/", false],
    ["https://othershop.example/", true],
    ["https://shop.example.net/", true],
    ["android-app://com.reddit.frontpage/", true],
    ["https://www.google.com/", true],
  ]) {
    assert.equal(needsChannel("", referrer, "www.shop.example"), needed, referrer);
  }
});

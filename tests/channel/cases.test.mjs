// GA4's default channel group, by 30 published cases and by Google's own list of sources.
import assert from "node:assert/strict";
import { test } from "node:test";
import { channelOf } from "../../www/harness/channel.js";
import { CASES, ga4Sources } from "./support/lists.mjs";

// Cases that expect what Google's rule does not say, with what it says. A case that starts to agree must leave.
const DIFFERENCES = [
  {
    case: { source: "alibaba", medium: "" },
    says: "Organic Shopping",
    because:
      "Paid Shopping needs a medium that was paid for, by Google's rule; a case of the same list, Google Shopping without a medium, " +
      "expects Organic Shopping. The list's own check compares rows without counting them, so it never noticed.",
  },
];

const differenceOf = ({ source, medium }) => DIFFERENCES.find((known) => known.case.source === source && known.case.medium === medium);

assert.equal(CASES.length, 30);
for (const { expected_channel: expected, ...campaign } of CASES) {
  const difference = differenceOf(campaign);
  test(`${Object.values(campaign).join(" | ")} → ${expected}${difference ? `, but ${difference.says}` : ""}`, () => {
    const { channel } = channelOf(campaign, "", "example.com");
    if (difference) assert.notEqual(channel, expected, "the difference is gone: take it off the list");
    assert.equal(channel, difference?.says ?? expected);
  });
}

test("every difference is about a case that exists", () => {
  assert.equal(CASES.filter(differenceOf).length, DIFFERENCES.length);
});

test("each of Google's 819 sources is of its category, paid and unpaid, in any case", () => {
  const sources = ga4Sources();
  assert.equal(sources.length, 819);
  const title = (word) => word[0].toUpperCase() + word.slice(1);
  for (const { source, category } of sources) {
    const channel = (medium, name = source) => channelOf({ source: name, medium }, "", "").channel;
    assert.equal(channel("cpc"), `Paid ${title(category)}`, source);
    assert.equal(channel(""), `Organic ${title(category)}`, source);
    assert.equal(channel("", source.toUpperCase()), `Organic ${title(category)}`, source);
  }
});

// Where two rules hold, the order decides; each line is one pair of rules of GA4's.
for (const [visit, expected] of [
  [{ source: "google", medium: "cpc", campaign: "cross-network" }, "Cross-network"],
  [{ source: "google", medium: "cpc", campaign: "spring-shopping" }, "Paid Shopping"],
  [{ source: "google", medium: "cpm" }, "Paid Search"],
  [{ source: "dfa", medium: "cpm" }, "Display"],
  [{ source: "somewhere", medium: "banner-ad" }, "Unassigned"],
  [{ source: "somewhere", medium: "cpa" }, "Paid Other"],
  [{ source: "facebook", medium: "video" }, "Organic Social"],
  [{ source: "facebook", medium: "email" }, "Organic Social"],
  [{ source: "google", medium: "referral" }, "Organic Search"],
  [{ source: "somewhere", medium: "email", campaign: "workshop" }, "Email"],
  [{ source: "somewhere", medium: "email", campaign: "e-shop" }, "Organic Shopping"],
  [{ source: "newsletter", medium: "e-mail" }, "Email"],
  [{ source: "newsletter", medium: "email-blast" }, "Unassigned"],
  [{ source: "(direct)", medium: "(none)", campaign: "shopping" }, "Direct"],
]) {
  test(`${JSON.stringify(visit)} → ${expected}`, () => assert.equal(channelOf(visit, "", "").channel, expected));
}

test("assistants are a group of their own, after everything that was paid for", () => {
  assert.deepEqual(channelOf({ source: "chatgpt.com" }, "", ""), { channel: "AI Assistants", source: "chatgpt.com", medium: "(not set)" });
  assert.equal(channelOf({ source: "Perplexity", medium: "referral" }, "", "").channel, "AI Assistants");
  assert.equal(channelOf({ source: "somewhere", medium: "ai-assistant" }, "", "").channel, "AI Assistants");
  assert.equal(channelOf({ source: "chatgpt.com", medium: "cpc" }, "", "").channel, "Paid Other");
});

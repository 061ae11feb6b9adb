// PostHog: what stands where in both formats, and what its answers mean. How it is delivered: posthog_contract.test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ENCODERS, encoded } from "./support/encoders.mjs";
import { CASES, one } from "./support/messages.mjs";

const v0 = (message, how) => encoded("posthog v0", [message], how).content.batch[0];
const v1 = (message, how) => encoded("posthog v1", [message], how).content.batch[0];

test("a page view, member by member", () => {
  const message = one("page with properties");
  assert.deepEqual(v0(message), {
    event: "$pageview",
    distinct_id: message.anonymousId,
    uuid: message.messageId,
    timestamp: message.timestamp,
    properties: {
      $lib: "privateer", $lib_version: "0.1.0", $device_id: message.anonymousId,
      $session_id: message.context.sessionId, $window_id: message.context.windowId, $pageview_id: message.context.pageViewId,
      $current_url: message.context.page.url, $host: "example.com", $pathname: "/plans", title: "Plans",
      $referrer: "https://search.example/?q=hush", $referring_domain: "search.example",
      $browser_language: "en-GB", $timezone: "Europe/Berlin", $raw_user_agent: message.context.userAgent,
      $screen_width: 1920, $screen_height: 1080, $viewport_width: 1280, $viewport_height: 900,
      utm_source: "news", utm_medium: "email", utm_campaign: "spring-tide", utm_term: "hour", utm_content: "top", gclid: "abc", fbclid: "def",
      channel_group: "Email", session_sequence: 7, referral_code: "HUSH42",
      consent: { experiments: true, analytics: true, marketing: false },
      sample_rate: 0.5,
      $groups: { company: "crew-7" },
      $process_person_profile: false,
      section: "pricing", depth: 2,
    },
  });
});

test("whoever comes from nowhere comes $direct, as with PostHog's own library", () => {
  const { $referrer, $referring_domain } = v0(one("page", "with an empty context")).properties;
  assert.deepEqual([$referrer, $referring_domain], ["$direct", "$direct"]);
});

test("identify ties the browser to the person; traits alone are set", () => {
  const { event, distinct_id, properties } = v0(one("identify"));
  assert.deepEqual([event, distinct_id, properties.$anon_distinct_id], ["$identify", "robin", one("identify").anonymousId]);
  assert.deepEqual(properties.$set, one("identify").traits);
  const traits = v0(one("identify by traits alone"));
  assert.deepEqual([traits.event, traits.distinct_id, traits.properties.$set], ["$set", traits.properties.$device_id, { company_size: "11-50" }]);
});

test("alias moves the earlier id to the later one", () => {
  const { event, distinct_id, properties } = v0(one("alias"));
  assert.deepEqual([event, distinct_id, properties.distinct_id, properties.alias], ["$create_alias", "robin", "robin", one("alias").previousId]);
});

test("a group has a type, which Segment does not know", () => {
  const { event, properties } = v0(one("group"));
  assert.equal(event, "$groupidentify");
  assert.deepEqual([properties.$group_type, properties.$group_key, properties.$group_set], ["company", "crew-7", { name: "Crew", seats: 4 }]);
  assert.equal(v0(one("group"), { settings: { group_type: "team" } }).properties.$group_type, "team");
});

// PostHog drops $identify, $create_alias and $groupidentify that say $process_person_profile: false.
test("only page views and events of somebody unknown make no profile", () => {
  for (const { kind, message } of CASES) {
    const without = v0(message).properties.$process_person_profile === false;
    assert.equal(without, ["track", "page"].includes(message.type) && !message.userId, kind);
    assert.equal(v1(message).options.process_person_profile, without ? false : undefined, kind);
  }
});

test("in v1 session, window and options have places of their own; an option of another type is left out", () => {
  const properties = { $cookieless_mode: true, $ignore_sent_at: "yes", $product_tour_id: "tour", $session_id: "s", $set: { a: 1 } };
  const event = v1({ ...one("Plan Chosen"), properties });
  assert.deepEqual(event.options, { cookieless_mode: true, process_person_profile: false, product_tour_id: "tour" });
  assert.equal(event.session_id, "s");
  assert.equal(event.window_id, one("Plan Chosen").context.windowId);
  assert.deepEqual(event.properties.$set, { a: 1 });
  assert.deepEqual(v1({ ...one("Plan Chosen"), userId: "robin" }).options, {});
});

test("what a page tells PostHog itself stays among the properties", () => {
  const message = { ...one("Plan Chosen"), properties: { $geoip_disable: true } };
  assert.equal(v0(message).properties.$geoip_disable, true);
  assert.equal(v1(message).properties.$geoip_disable, true);
});

test("times are UTC, also where a page wrote another zone", () => {
  assert.equal(v1(one("page", "at the end of a year, in another zone")).timestamp, "2025-12-31T20:00:00.500Z");
});

test("v0 has the key in the body, v1 in a header with what its protocol asks for", () => {
  const old = encoded("posthog v0", [one("page")]);
  assert.equal(old.content.api_key, "key");
  assert.equal(old.headers, undefined);
  const how = { attempt: 3, requestId: "01931f6a-8d2c-7999-8abc-0123456789ab", createdAt: "2026-01-31T12:00:00.500Z" };
  const { headers, content } = encoded("posthog v1", [one("page")], how);
  assert.deepEqual(headers, {
    "Authorization": "Bearer key", "PostHog-Sdk-Info": "privateer/0.1.0", "PostHog-Attempt": "3",
    "PostHog-Request-Id": how.requestId, "PostHog-Request-Timestamp": "2026-01-31T12:00:01.000Z",
  });
  assert.equal(content.created_at, how.createdAt);
  assert.deepEqual(Object.keys(content), ["created_at", "batch"]);
});

test("without an id of the request it is the first message's", () => {
  const message = one("page");
  assert.equal(encoded("posthog v1", [message]).headers["PostHog-Request-Id"], message.messageId);
});

test("while leaving, v0 is plain text that nobody is asked for first", () => {
  assert.equal(encoded("posthog v0", [one("page")]).type, "application/json");
  assert.equal(encoded("posthog v0", [one("page")], { leaving: true }).type, "text/plain");
});

const { read } = ENCODERS["posthog v1"];
const messages = ["a", "b", "c", "d", "e", "f"].map((messageId) => ({ messageId }));

test("each event has a result; an unknown word, and an event that is not named, are final", () => {
  const words = { a: "ok", b: "retry", c: "drop", d: "limited", e: "word of a later version" };
  const results = Object.fromEntries(Object.entries(words).map(([id, result]) => [id, { result }]));
  assert.deepEqual(read(200, JSON.stringify({ results }), messages), { a: "ok", b: "retry", c: "drop", d: "drop", e: "ok", f: "ok" });
});

test("what PostHog refuses for good is dropped; the same status from a proxy is not", () => {
  for (const status of [401, 402, 403, 404, 415]) {
    assert.deepEqual(Object.values(read(status, '{"error":"refused"}', messages)), Array(6).fill("drop"), status);
    for (const text of ["", "<html>Forbidden</html>", "{}"]) assert.equal(read(status, text, messages), undefined, `${status} ${text}`);
  }
});

test("too much, too large, too often and broken servers are the core's", () => {
  for (const status of [400, 408, 413, 429, 500, 502, 503, 504]) assert.equal(read(status, '{"error":"later"}', messages), undefined, status);
});

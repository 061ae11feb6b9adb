// Snowplow: what stands where in a payload. That all of it is valid by Iglu's schemas: encoders.test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { encoded } from "./support/encoders.mjs";
import { KINDS, one } from "./support/messages.mjs";
import { assertIglu } from "./support/schemas.mjs";

const VENDOR = { vendor: "com.example" };

// One message's payload, with what is JSON inside read: { ...payload, event: { schema, data }, entities: { name: data } }.
function payload(message, settings = {}) {
  const [found] = encoded("snowplow", [message], { settings }).content.data;
  const entities = found.co ? JSON.parse(found.co).data : [];
  return {
    ...found,
    event: found.ue_pr && JSON.parse(found.ue_pr).data,
    entities: Object.fromEntries(entities.map(({ schema, data }) => [schema.split("/").slice(0, 2).join("/").replace("iglu:", ""), data])),
  };
}

test("a page view, member by member", () => {
  const message = one("page");
  const { co, entities, ...found } = payload(message);
  assert.deepEqual(found, {
    e: "pv", p: "web", tv: "privateer-0.1.0", aid: "key", eid: message.messageId,
    dtm: String(Date.parse(message.timestamp)), stm: String(Date.parse("2026-01-31T12:00:01.000Z")),
    tz: "Europe/Berlin", lang: "en-GB", url: message.context.page.url, page: "Plans", refr: "https://search.example/?q=hush",
    res: "1920x1080", vp: "1280x900", duid: message.anonymousId, sid: message.context.sessionId, vid: "3", event: undefined,
  });
  assert.deepEqual(entities, {
    "com.snowplowanalytics.snowplow/web_page": { id: message.context.pageViewId },
    "com.snowplowanalytics.snowplow/client_session": {
      userId: message.anonymousId, sessionId: message.context.sessionId, sessionIndex: 3, eventIndex: 7, storageMechanism: "LOCAL_STORAGE",
    },
  });
});

test("somebody known has an id; a page view without a view's id belongs to itself", () => {
  const message = { ...one("page", "plain"), userId: "robin" };
  const { uid, entities } = payload(message);
  assert.equal(uid, "robin");
  assert.deepEqual(entities["com.snowplowanalytics.snowplow/web_page"], { id: message.messageId });
});

test("where the core counts no sessions the number is 0, and `vid` is left out", () => {
  const { vid, entities } = payload(one("Plan Chosen", "plain"));
  assert.equal(vid, undefined);
  assert.equal(entities["com.snowplowanalytics.snowplow/client_session"].sessionIndex, 0);
});

const FITS = {
  "Link Clicked": ["link_click", { targetUrl: "https://elsewhere.example/", elementId: "out", elementClasses: ["button", "big"], elementContent: "Elsewhere" }],
  "File Downloaded": ["link_click", { targetUrl: "https://example.com/plans.pdf" }],
  "Element Clicked on a button": ["button_click", { label: "Start the free trial" }],
  "Form Submitted": ["submit_form", { formId: "signup", formClasses: ["card", "wide"] }],
  "Form Field Focused": ["focus_form", { formId: "signup", elementId: "name", nodeName: "INPUT", elementType: "text", value: null }],
  "Form Field Completed": ["change_form", { formId: "signup", elementId: "size", nodeName: "SELECT", value: null }],
  "Products Searched": ["site_search", { terms: ["quiet hour"], totalResults: 3 }],
  "Web Vitals": ["web_vitals", { cls: 0.02, lcp: 1_204, inp: 40, ttfb: 80, navigationType: "navigate" }],
  "Error Occurred": ["application_error", {
    programmingLanguage: "JAVASCRIPT", message: "x is not a function", exceptionName: "TypeError",
    lineNumber: 1, lineColumn: 2, fileName: "https://example.com/a.js",
  }],
};

for (const [kind, [schema, data]] of Object.entries(FITS)) {
  test(`${kind} is Snowplow's ${schema}`, () => {
    const { e, event } = payload(one(kind));
    assert.equal(e, "ue");
    assert.match(event.schema, new RegExp(`^iglu:com\\.snowplowanalytics\\.snowplow/${schema}/jsonschema/`));
    assert.deepEqual(event.data, data);
    assert.ok(assertIglu(event), "the schema is there to be held against");
  });
}

const OWN = {
  "Experiment Viewed": "experiment_viewed", "Experiment Viewed without names": "experiment_viewed", "Page Engaged": "page_engaged",
  "Referral Captured": "referral_captured", "Invite Shared": "invite_shared", "Signed Up": "signed_up", "Events Dropped": "events_dropped", "Event Limit Reached": "event_limit_reached",
  "Form Viewed": "form_viewed", "Form Viewed without an id or a name": "form_viewed", "Form Submitted without an id": "form_submitted",
  "Form Started": "form_started", "Form Abandoned": "form_abandoned", "Form Validation Failed": "form_validation_failed",
  "Element Clicked on a text": "element_clicked", "Rage Click": "rage_click", "Dead Click": "dead_click",
  "Page Scrolled": "page_scrolled", "Scroll Depth Reached": "scroll_depth_reached",
  "Element Viewed": "element_viewed", "Element Viewed without more": "element_viewed",
  "First Screen Viewed": "first_screen_viewed", "First Screen Viewed, as far as it is known": "first_screen_viewed",
  "Exit Intended": "exit_intended", "Payment Failed": "payment_failed", "Lead Threshold Reached": "lead_threshold_reached",
  "Lifecycle Stage Entered": "lifecycle_stage_entered", "Trigger Fired": "trigger_fired",
  "Contact Copied": "contact_copied", "Order Completed": "order_completed", "Plan Chosen": "plan_chosen",
  "identify": "identify", "identify by traits alone": "identify", "alias": "alias", "group": "group",
};

for (const [kind, name] of Object.entries(OWN)) {
  test(`${kind} is under a schema of the site's own`, () => {
    assert.equal(payload(one(kind)).event.schema, `iglu:com.privateer/${name}/jsonschema/1-0-0`);
    assert.equal(payload(one(kind), VENDOR).event.schema, `iglu:com.example/${name}/jsonschema/1-0-0`);
  });
}

test("of every kind but page views it is said under which schema it goes", () => {
  const kinds = Object.keys(KINDS).filter((kind) => KINDS[kind].type !== "page");
  assert.deepEqual(kinds.filter((kind) => !(kind in FITS) === !(kind in OWN)), []);
});

test("who it is about goes along with identify, alias and group", () => {
  assert.deepEqual(payload(one("identify")).event.data, one("identify").traits);
  assert.deepEqual(payload(one("alias")).event.data, { previousId: one("alias").previousId, userId: "robin" });
  assert.deepEqual(payload(one("group")).event.data, { name: "Crew", seats: 4, groupId: "crew-7" });
});

test("one schema may serve all events; it also serves names without a letter of ASCII", () => {
  const schema = "iglu:com.example/happening/jsonschema/2-0-0";
  const { event } = payload(one("Plan Chosen"), { schema });
  assert.deepEqual(event, { schema, data: { name: "Plan Chosen", properties: one("Plan Chosen").properties } });
  const nameless = payload(one("Plan Chosen", "with a name that ASCII has no letter of"), VENDOR).event;
  assert.deepEqual(nameless, { schema: "iglu:com.example/event/jsonschema/1-0-0", data: { name: "音", properties: one("Plan Chosen").properties } });
  const template = "iglu:com.example/{event}/jsonschema/1-0-2";
  const other = payload(one("Plan Chosen", "with a name that ASCII has no letter of"), { schema: template }).event;
  assert.deepEqual([other.schema, other.data.name], ["iglu:com.example/event/jsonschema/1-0-2", "音"]);
  assert.equal(payload(one("Plan Chosen"), { schema: template }).event.schema, "iglu:com.example/plan_chosen/jsonschema/1-0-2");
});

test("with a vendor, what Snowplow's schema has no place for goes along, and the visit", () => {
  const { entities } = payload(one("Form Submitted"), VENDOR);
  assert.deepEqual(entities["com.example/form_submitted"], { plan: "crew", seats: 4, news: false });
  const { campaign, channelGroup, windowId, consent } = one("page").context;
  assert.deepEqual(entities["com.example/visit"], {
    campaign, channelGroup, windowId, referralCode: "HUSH42", consent: consent.categoryPreferences, sampleRate: 0.5,
  });
  assert.ok(assertIglu({ schema: "iglu:com.privateer/visit/jsonschema/1-0-0", data: entities["com.example/visit"] }));
  assert.deepEqual(payload(one("page with properties"), VENDOR).entities["com.example/page"], { section: "pricing", depth: 2 });
});

test("a text that is longer than Snowplow's schema allows is whole among the rest", () => {
  const message = { ...one("Error Occurred"), properties: { message: "m".repeat(3_000), line: 1 } };
  const { event, entities } = payload(message, VENDOR);
  assert.equal(event.data.message.length, 2_048);
  assert.deepEqual(entities["com.example/error_occurred"], { message: "m".repeat(3_000) });
});

test("without one, a page view needs no schema but Snowplow's", () => {
  for (const { schema } of JSON.parse(payload(one("page with properties")).co).data) assert.match(schema, /^iglu:com\.snowplowanalytics\./);
});

for (const kind of Object.keys(KINDS)) {
  test(`with a vendor, nothing that ${kind} says is lost`, () => {
    const { ue_pr = "", co, ...payload } = encoded("snowplow", [one(kind)], { settings: VENDOR }).content.data[0];
    const said = `${JSON.stringify(payload)}${ue_pr}${co}`.toLowerCase();
    const { properties, traits } = one(kind);
    for (const word of leaves({ ...properties, ...traits })) assert.ok(said.includes(word.toLowerCase()), `${word} is missing`);
  });
}

// The words and numbers in a value: Snowplow has classes as a list, and an element's name in capitals.
const leaves = (value) => (typeof value === "object" ? Object.values(value ?? {}).flatMap(leaves) : String(value).split(" "));

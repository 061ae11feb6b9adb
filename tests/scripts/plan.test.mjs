// Messages against tracking plans, in the forms that Segment and RudderStack write them.
import assert from "node:assert/strict";
import { test } from "node:test";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { checkerOf } from "../../www/harness/plan.js";

const DRAFT_7 = "http://json-schema.org/draft-07/schema#";

const schemaOf = (properties, required = [], more = {}) => ({
  $schema: DRAFT_7,
  type: "object",
  labels: {},
  properties: { context: {}, traits: {}, properties: { type: "object", properties, required, ...more } },
  required: ["properties"],
});

const PLAN_CHOSEN = schemaOf({ plan: { type: "string", pattern: "^(solo|crew|harbour)$" }, seats: { type: ["integer", "null"], minimum: 1 } }, ["plan"]);

// An example plan, in the form of Segment's Config API and of RudderStack.
const PLAN = {
  name: "workspaces/example/tracking-plans/rs_1",
  display_name: "Example",
  rules: {
    events: [{ name: "Plan Chosen", description: "A visitor picks a plan.", version: 1, rules: PLAN_CHOSEN }],
    identify: { $schema: DRAFT_7, type: "object", properties: { traits: { type: "object", properties: { company_size: { enum: ["1", "2-10"] } } } } },
    page: { $schema: DRAFT_7, type: "object", properties: { properties: { type: "object", required: ["url"] } } },
    group: {},
    global: { $schema: DRAFT_7, type: "object", required: ["anonymousId"] },
    identify_traits: [],
    group_traits: [],
  },
  create_time: "2025-01-01T00:00:00.000Z",
};

const track = (event, properties, more) => ({ type: "track", event, anonymousId: "a", properties, ...more });
const codes = (violations) => violations.map(({ code, path }) => [code, path]);

test("a message that keeps to the plan violates nothing", () => {
  const check = checkerOf(PLAN);
  assert.deepEqual(check(track("Plan Chosen", { plan: "crew", seats: 3, other: true })), []);
  assert.deepEqual(check({ type: "identify", anonymousId: "a", traits: { company_size: "1" } }), []);
  assert.deepEqual(check({ type: "page", anonymousId: "a", properties: { url: "https://example.com/" } }), []);
  assert.deepEqual(check({ type: "group", anonymousId: "a" }), []);
  assert.deepEqual(check({ type: "alias", anonymousId: "a" }), []);
});

test("a violation names the event and the place, and says why", () => {
  assert.deepEqual(checkerOf(PLAN)(track("Plan Chosen", { plan: "navy", seats: "3" })), [
    { code: "unknown-violation", event: "Plan Chosen", path: "$.properties.plan", message: '"Plan Chosen" at $.properties.plan: String does not match pattern.' },
    {
      code: "datatype-mismatch", event: "Plan Chosen", path: "$.properties.seats",
      message: '"Plan Chosen" at $.properties.seats: The plan wants integer or null here, and it is string.',
    },
  ]);
});

test("what is missing is named where it should be", () => {
  const check = checkerOf(PLAN);
  assert.deepEqual(codes(check(track("Plan Chosen", {}))), [["required-missing", "$.properties.plan"]]);
  assert.deepEqual(codes(check(track("Plan Chosen", undefined))), [["required-missing", "$.properties"]]);
  assert.deepEqual(codes(check({ type: "track", event: "Plan Chosen", properties: { plan: "solo" } })), [["required-missing", "$.anonymousId"]]);
  assert.deepEqual(codes(check({ type: "page", anonymousId: "a", properties: {} })), [["required-missing", "$.properties.url"]]);
});

test("an event that the plan does not know is reported, or not, as asked for", () => {
  const message = track("plan chosen", {}); // names are told apart by their capitals, as Segment does
  assert.deepEqual(checkerOf(PLAN)(message), [
    { code: "unplanned-event", event: "plan chosen", path: "$.event", message: 'The plan has no event called "plan chosen".' },
  ]);
  assert.deepEqual(checkerOf(PLAN, { unplanned: false })(message), []);
  assert.deepEqual(codes(checkerOf(PLAN, { unplanned: false })({ ...message, anonymousId: undefined })), [["required-missing", "$.anonymousId"]]);
});

test("a property that the plan rules out is reported by its own name", () => {
  const rules = schemaOf({ plan: { type: "string" }, old: false }, [], { additionalProperties: false });
  const check = checkerOf({ rules: { events: [{ name: "A", rules }] } });
  assert.deepEqual(codes(check(track("A", { plan: "x", colour: "red", "odd/name ~": 1, old: 1 }))), [
    ["additional-properties", "$.properties.old"],
    ["additional-properties", "$.properties.colour"],
    ["additional-properties", '$.properties["odd/name ~"]'],
  ]);
});

test("one reason a place: what is inside speaks for itself, and attempts are not listed", () => {
  const rules = schemaOf({
    list: { type: "array", items: { type: "object", required: ["id"], properties: { id: { type: "string" } } } },
    either: { anyOf: [{ type: "string" }, { type: "object", properties: { x: { type: "number" } }, additionalProperties: false }] },
    pair: { type: "object", dependencies: { one: ["other"], two: { required: ["three"] } } },
    size: { if: { type: "number" }, then: { maximum: 4 } },
    named: { $ref: "#/definitions/named" },
  });
  rules.definitions = { named: { type: "string" } };
  const check = checkerOf({ rules: { events: [{ name: "A", rules }] } });
  assert.deepEqual(codes(check(track("A", { list: [{ id: "1" }, { id: 2 }, {}], either: { x: "y", z: 1 }, pair: { one: 1 }, size: 5, named: 1 }))), [
    ["datatype-mismatch", "$.properties.list[1].id"],
    ["required-missing", "$.properties.list[2].id"],
    ["unknown-violation", "$.properties.either"],
    ["unknown-violation", "$.properties.pair"],
    ["unknown-violation", "$.properties.size"],
    ["datatype-mismatch", "$.properties.named"],
  ]);
});

// The same plan as Segment's Public API lists it.
const LIST = {
  rules: [
    { type: "COMMON", version: 1, jsonSchema: PLAN.rules.global },
    { type: "TRACK", key: "Plan Chosen", version: 1, jsonSchema: PLAN_CHOSEN },
    { type: "IDENTIFY", version: 1, jsonSchema: PLAN.rules.identify },
    { type: "PAGE", version: 1, jsonSchema: PLAN.rules.page },
  ],
};

test("both forms of a plan say the same", () => {
  const [sections, list] = [checkerOf(PLAN), checkerOf(LIST)];
  for (const message of [
    track("Plan Chosen", { plan: "crew" }), track("Plan Chosen", { plan: 1 }), track("Other", {}), { type: "identify", traits: { company_size: "3" } },
    { type: "page", anonymousId: "a", properties: {} }, { type: "group" }, { type: "alias" },
  ]) assert.deepEqual(list(message), sections(message));
});

test("of several versions the message's own counts, else the oldest", () => {
  const version = (number, plan) => ({ name: "A", version: number, rules: schemaOf({ plan: { const: plan } }) });
  const check = checkerOf({ rules: { events: [version(10, "ten"), version(2, "two"), version(1, "one")] } });
  const fits = (plan, context) => check(track("A", { plan }, { context })).length === 0;
  const asked = (event_version) => ({ protocols: { event_version } });
  assert.ok(fits("one") && !fits("two"));
  assert.ok(fits("two", asked(2)) && !fits("one", asked(2)));
  assert.ok(fits("ten", asked(10)));
  for (const context of [null, {}, { protocols: null }, asked(3.2), asked("2"), asked(null)]) assert.ok(fits("one", context), JSON.stringify(context));
  const unnumbered = checkerOf({ rules: { events: [version(1, "one"), { ...version(1, "other"), version: undefined }] } });
  assert.deepEqual(unnumbered(track("A", { plan: "other" })), [], "without a number it is the oldest");
});

test("drafts 4, 6, 7, 2019-09 and 2020-12 are read as they are written", () => {
  const fits = ($schema, schema, value) =>
    checkerOf({ rules: { events: [{ name: "A", rules: { $schema, properties: { properties: schema } } }] } })(track("A", value)).length === 0;
  const above = { type: "number", minimum: 10, exclusiveMinimum: true };
  assert.ok(!fits("http://json-schema.org/draft-04/schema#", above, 10));
  assert.ok(fits("http://json-schema.org/draft-04/schema#", above, 11));
  for (const draft of ["http://json-schema.org/draft-06/schema#", DRAFT_7, undefined]) assert.ok(!fits(draft, { exclusiveMinimum: 1 }, 1), draft);
  // Beside a reference, older drafts read nothing else.
  const beside = { $ref: "#/$defs/any", type: "string", $defs: {} };
  const besides = (draft) => checkerOf({ rules: { events: [{ name: "A", rules: { $schema: draft, $defs: { any: true }, properties: { properties: beside } } }] } })(track("A", 1)).length;
  assert.deepEqual([DRAFT_7, undefined, "https://json-schema.org/draft/2019-09/schema", "https://json-schema.org/draft/2020-12/schema"].map(besides), [0, 0, 1, 1]);
});

test("a rule that is broken says so, and the others go on", () => {
  for (const schema of [{ properties: { properties: { pattern: "(" } } }, { $ref: "#/nowhere" }, { properties: null }, { required: 3 }]) {
    const check = checkerOf({ rules: { events: [{ name: "A", rules: schema }], global: PLAN.rules.global } });
    const found = check({ type: "track", event: "A", properties: "x" });
    assert.deepEqual(codes(found), [["required-missing", "$.anonymousId"], ["broken-rule", ""]]);
    assert.match(found[1].message, /^The plan's rule for "A" cannot be used: ./);
  }
});

test("what is no plan, and what is no message, throws nothing", () => {
  const circle = { type: "track" };
  circle.circle = circle;
  const plans = [null, undefined, 1, "plan", [], {}, { rules: null }, { rules: "x" }, { rules: 7 }, { rules: [null, 1, {}] }, { rules: { events: {} } },
    { rules: { events: [null, "x", {}, { name: "A" }], identify: null, global: null } }];
  const messages = [null, undefined, 1, "x", [], {}, { type: null }, { type: "track" }, track("A"), { type: "identify" }, { type: "common" }, circle, { type: "track", event: 1n }];
  for (const plan of plans) {
    const check = checkerOf(plan);
    for (const message of messages) for (const { code } of check(message)) assert.equal(code, "unplanned-event");
  }
});

test("an event without rules is planned", () => {
  for (const rules of [{ events: [{ name: "A" }] }, [{ type: "TRACK", key: "A" }]]) assert.deepEqual(checkerOf({ rules })(track("A", { anything: 1 })), []);
});

// Ajv 8.20.0 compiles schemas where ours reads them; they must agree on every message.
test("the same messages keep to the plan as Ajv finds", () => {
  const properties = {
    text: { type: "string", minLength: 2, maxLength: 4 },
    number: { type: "number", minimum: 0, exclusiveMaximum: 10, multipleOf: 0.5 },
    whole: { type: ["integer", "null"] },
    choice: { enum: ["a", 1, null] },
    when: { type: "string", format: "date-time" },
    list: { type: "array", items: { type: "string" }, maxItems: 2, uniqueItems: true },
    either: { oneOf: [{ type: "integer" }, { type: "number", minimum: 5 }] },
    never: { not: { type: "string" } },
  };
  const schema = schemaOf(properties, ["text"], { additionalProperties: false, minProperties: 2, dependencies: { number: ["whole"] } });
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const reference = ajv.compile(schema);
  const check = checkerOf({ rules: { events: [{ name: "A", rules: schema }] } });
  const values = ["a", "abc", "abcde", 0, 1, 5, 5.5, 9.75, 10, -1, null, true, [], ["a"], ["a", "a"], ["a", "b", "c"], [1], {}, "2025-02-28T00:00:00Z", "2025-02-30T00:00:00Z"];
  let kept = 0;
  for (const [name] of [...Object.entries(properties), ["unknown"]]) {
    for (const first of values) {
      for (const second of ["abc", 7]) {
        for (const whole of [1, "1", undefined]) {
          const message = JSON.parse(JSON.stringify(track("A", { text: second, whole, [name]: first })));
          const expected = reference(message);
          assert.equal(check(message).length === 0, expected, JSON.stringify(message.properties));
          kept += expected;
        }
      }
    }
  }
  assert.ok(kept > 50, `only ${kept} messages kept to the plan`);
});

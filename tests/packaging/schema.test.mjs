// The published JSON Schema of the site definition, read by an independent validator (npm ajv).
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import { inRoot } from "../../scripts/shared/paths.mjs";

const json = async (...path) => JSON.parse(await readFile(inRoot(...path), "utf8"));
const schema = await json("www", "site.schema.json");
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false }).compile(schema);

test("the example's site definition fits", async () => {
  assert.ok(validate(await json("www", "site.json")), JSON.stringify(validate.errors, null, 2));
});

const SETTINGS = {
  sticky: false, known: false, enabled: true, qaMode: true, forcedVariations: { hero: 1 }, remoteGroupIds: ["beta"], compat: "0.8",
};

const EXPERIMENTS = {
  "a payload at an address": { url: "/payload.json", maxAge: 60, refresh: 10, decryptionKey: "AAAA", ...SETTINGS },
  "an encrypted payload": { payload: { features: {}, encryptedFeatures: "AAAA.AAAA" }, decryptionKey: "AAAA", ...SETTINGS },
  "a payload with all that rules and experiments have": {
    payload: {
      dateUpdated: "2026-01-31",
      features: {
        hero: {
          defaultValue: 1,
          rules: [
            { force: 2, range: [0, 0.5], parentConditions: [{ id: "wide", condition: { value: true }, gate: true }] },
            { variations: [1, 2], namespace: ["first", 0, 0.5], filters: [{ attribute: "id", seed: "s", ranges: [[0, 1]] }], ranges: [[0, 0.5], [0.5, 1]] },
            { contextualVariations: [1, 2], contextualBanditRef: "plan", fallbackAttribute: "device", bucketVersion: 1, minBucketVersion: 1 },
          ],
        },
      },
      savedGroups: { beta: ["7"] },
      experiments: [
        {
          key: "moved", status: "running", persistQueryString: true, variations: [{}, { urlRedirect: "/new" }],
          urlPatterns: [{ type: "simple", pattern: "/old", include: true }], meta: [{ key: "0" }, { key: "1", passthrough: true }],
        },
      ],
      contextualBandits: { plan: { banditVersion: 3, contexts: [{ leafId: 1, condition: { plan: "crew" }, weights: [0.2, 0.8] }] } },
    },
  },
};

for (const [what, experiments] of Object.entries(EXPERIMENTS)) {
  test(`${what} fits`, () => assert.ok(validate({ experiments }), JSON.stringify(validate.errors, null, 2)));
}

test("all that is observed can be switched off and set", () => {
  const tracking = {
    observe: true, navigation: { hash: true }, autocapture: { elements: "all", coordinates: false, downloads: ["pdf"], own_hosts: ["shop.example"] },
    selectors: [{ selector: ".plan", event: "Plan Chosen", properties: { place: "top" } }], rage_clicks: false, dead_clicks: false, form_steps: false,
    scroll: { thresholds: [25, 90], landmarks: false }, impressions: false, contact_copies: false, errors: { limit: 1 }, first_screen: { within_ms: 2000 },
    web_vitals: false, events_per_page: 50, masked_parameters: ["member"],
  };
  for (const section of [tracking, { navigation: false, autocapture: false, scroll: false, errors: false, first_screen: false }]) {
    assert.ok(validate({ tracking: section }), JSON.stringify(validate.errors, null, 2));
  }
});

const MISTAKES = {
  "a section of the wrong type": { scoring: [] },
  "points in words": { scoring: { rules: [{ id: "plan", event: "Plan Chosen", points: "ten" }] } },
  "an unknown consent": { consent: { initial: "maybe" } },
  "experiments from nowhere": { experiments: { sticky: false } },
  "experiments from two places": { experiments: { payload: {}, url: "/payload.json" } },
  "an unknown setting of experiments": { experiments: { url: "/payload.json", qa: true } },
  "a refresh every second": { experiments: { url: "/payload.json", refresh: 1 } },
  "an observer that does not exist": { tracking: { mouse: true } },
  "a setting of an observer that does not exist": { tracking: { scroll: { every: 10 } } },
  "a named click without a selector": { tracking: { selectors: [{ event: "Plan Chosen" }] } },
  "a threshold below the page's end": { tracking: { scroll: { thresholds: [120] } } },
  "an unknown compatibility": { experiments: { url: "/payload.json", compat: "0.9" } },
};

for (const [what, definition] of Object.entries(MISTAKES)) {
  test(`${what} does not fit`, () => assert.equal(validate(definition), false));
}

test("every field is described", () => {
  assert.deepEqual(undescribed(schema, "$"), []);
});

/** Paths of the properties without a description of their own or of what they refer to. A list of properties may name one "properties". */
function undescribed(node, path, isList = false) {
  if (typeof node !== "object" || node === null) return [];
  const missing = Object.entries((!isList && node.properties) || {})
    .filter(([name, field]) => name !== "$schema" && !(field.description ?? field.$ref))
    .map(([name]) => `${path}.${name}`);
  const below = Object.entries(node).flatMap(([name, child]) => undescribed(child, `${path}.${name}`, !isList && name === "properties"));
  return [...missing, ...below];
}

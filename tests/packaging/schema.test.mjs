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

const MISTAKES = {
  "a section of the wrong type": { scoring: [] },
  "points in words": { scoring: { rules: [{ id: "plan", event: "Plan Chosen", points: "ten" }] } },
  "an unknown consent": { consent: { initial: "maybe" } },
};

for (const [what, definition] of Object.entries(MISTAKES)) {
  test(`${what} does not fit`, () => assert.equal(validate(definition), false));
}

test("every field is described", () => {
  assert.deepEqual(undescribed(schema, "$"), []);
});

/** Paths of the properties without a description of their own or of what they refer to. */
function undescribed(node, path) {
  if (typeof node !== "object" || node === null) return [];
  const missing = Object.entries(node.properties ?? {})
    .filter(([name, field]) => name !== "$schema" && !(field.description ?? field.$ref))
    .map(([name]) => `${path}.${name}`);
  return [...missing, ...Object.entries(node).flatMap(([name, child]) => undescribed(child, `${path}.${name}`))];
}

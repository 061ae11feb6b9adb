// The schemas of tests/data/schemas, compiled once each.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Validator } from "@cfworker/json-schema";
import { inRoot } from "../../../scripts/shared/paths.mjs";

// CommonJS, whose modules' default differs between Nodes.
const require = createRequire(import.meta.url);
const addFormats = require("ajv-formats").default;
const { Ajv } = require("ajv");
const { Ajv2020 } = require("ajv/dist/2020.js");

// Tolerant of words such as `self`; Iglu's patterns are written for regular expressions without the u flag.
const OPTIONS = { strict: false, allErrors: true, unicodeRegExp: false };
const [draft7, draft2020] = [new Ajv(OPTIONS), new Ajv2020(OPTIONS)];
addFormats(draft7);
addFormats(draft2020);

const inSchemas = (...parts) => inRoot("tests", "data", "schemas", ...parts);
const read = (...parts) => JSON.parse(readFileSync(inSchemas(...parts), "utf8"));
const compiled = new Map();

/** Asserts that the value is valid by a schema of the folder. */
export function assertValid(file, value) {
  if (!compiled.has(file)) {
    const schema = read(file);
    compiled.set(file, (schema.$schema.includes("2020-12") ? draft2020 : draft7).compile(schema));
  }
  const valid = compiled.get(file);
  assert.ok(valid(value), `${file}: ${JSON.stringify(valid.errors, null, 1)}\n${JSON.stringify(value).slice(0, 2_000)}`);
}

/**
 * Asserts that self-describing JSON is valid by its Iglu schema.
 * @returns {boolean} false for a schema that nobody published: a site's own
 */
export function assertIglu({ schema: address, data }) {
  const path = /^iglu:([\w.-]+\/[\w-]+\/jsonschema\/\d+-\d+-\d+)$/.exec(address)?.[1];
  assert.ok(path, `no Iglu address: ${address}`);
  if (!existsSync(inSchemas("iglu", path))) return false;
  if (!compiled.has(path)) compiled.set(path, igluValidators(path));
  for (const complaints of compiled.get(path)) {
    const found = complaints(data);
    assert.equal(found, null, `${path}: ${JSON.stringify(found, null, 1)}\n${JSON.stringify(data).slice(0, 2_000)}`);
  }
  return true;
}

// Iglu's schemas are of draft 4, which Ajv no longer speaks: it reads them as draft 7, and a validator of draft 4 agrees.
function igluValidators(path) {
  const { $schema, self, ...schema } = read("iglu", path);
  assert.ok(!/"(exclusiveM(in|ax)imum|dependencies)"\s*:/.test(JSON.stringify(schema)), `${path} uses a word that means something else in draft 7`);
  const ajv = draft7.compile(schema);
  const other = new Validator(schema, "4", false);
  return [
    (data) => (ajv(data) ? null : ajv.errors),
    (data) => {
      const { valid, errors } = other.validate(data);
      return valid ? null : errors;
    },
  ];
}

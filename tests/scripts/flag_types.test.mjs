// The types of flags: what is written for which values, and how the command answers to what it is given.
import assert from "node:assert/strict";
import { createCipheriv, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { run } from "../../scripts/shared/run.mjs";
import { flagTypes } from "../../www/tools/flag-types.mjs";

const force = (...values) => ({ rules: values.map((value) => ({ force: value })) });
const twentyOne = Array.from({ length: 21 }, (_, place) => `${place}`);

const TYPES = {
  'boolean': [{ defaultValue: false }, { defaultValue: false, ...force(true) }],
  'number': [{ defaultValue: 1, ...force(2.5) }],
  '"control" | "calm"': [
    { defaultValue: "control", rules: [{ variations: ["control", "calm"] }] },
    { defaultValue: "control", rules: [{ contextualVariations: ["calm", "control"] }] },
    { defaultValue: "control", ...force("calm", "control") },
    { defaultValue: null, ...force("control", "calm") },
  ],
  'string': [{ defaultValue: "one text" }, force(...twentyOne), force("short", "x".repeat(61))],
  [twentyOne.slice(1).map((text) => `"${text}"`).join(" | ")]: [force(...twentyOne.slice(1))],
  'boolean | "a" | "b"': [{ defaultValue: false, ...force("a", "b") }],
  'Array<string>': [{ defaultValue: ["DE", "FR"], ...force([]) }],
  'Array<number | Array<boolean>>': [{ defaultValue: [1, [true]] }],
  'Array<Json>': [{ defaultValue: [] }, { defaultValue: [null] }],
  '{ [key: string]: Json }': [{ defaultValue: {} }],
  '{\n  "a": number;\n}': [{ defaultValue: { a: 1 } }],
  '{\n  "a"?: number | null;\n  "b": "x" | "y";\n}': [{ defaultValue: { a: 1, b: "x" }, ...force({ b: "y" }, { a: null, b: "x" }) }],
  '{\n  "a": {\n    "b"?: boolean;\n  };\n}': [{ defaultValue: { a: {} }, ...force({ a: { b: true } }) }],
  '{\n  "__proto__": number;\n}': [{ defaultValue: JSON.parse('{"__proto__":1}') }],
  '{ [key: string]: number }': [{ defaultValue: Object.fromEntries(Array.from({ length: 51 }, (_, place) => [`k${place}`, place])) }],
  'Json': [{}, { defaultValue: null }, null, 7, { rules: 7 }, { rules: [null, 7, {}, { variations: 7 }] }],
};

for (const [type, features] of Object.entries(TYPES)) {
  for (const feature of features) {
    test(`${JSON.stringify(feature).slice(0, 70)} is ${type.slice(0, 60)}`, () => assert.deepEqual(flagTypes({ key: feature }, ""), [`"key": ${type};`]));
  }
}

test("a force rule sets its value, whatever else stands in it", () => {
  assert.deepEqual(flagTypes({ key: { rules: [{ force: 1, variations: ["a", "b"] }] } }, ""), ['"key": number;']);
});

test("flags are written by name", () => {
  assert.deepEqual(flagTypes(JSON.parse('{"b":{},"__proto__":{},"a \\"b\\"":{},"10":{},"9":{}}'), " "), [
    ' "10": Json;', ' "9": Json;', ' "__proto__": Json;', ' "a \\"b\\"": Json;', ' "b": Json;',
  ]);
});

let folder;
let server;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "privateer-types-"));
  server = createServer((request, response) => {
    response.statusCode = request.url.startsWith("/payload.json") ? 200 : 404;
    response.end(PAYLOAD);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
});
after(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const PAYLOAD = JSON.stringify({ features: { hero: { defaultValue: "control", ...force("calm") } } });
const WRITTEN = (name) => `// Written by privateer-types from ${name}. Changes here are lost: run it again instead.
export {};

declare module "privateer" {
  interface Flags {
    "hero": "control" | "calm";
  }
}
`;

test("a payload's types are printed", async () => {
  assert.deepEqual(await types(await file("payload.json", PAYLOAD)), { code: 0, output: WRITTEN("payload.json") });
});

test("a payload's types are written where they are wanted", async () => {
  const out = join(folder, "flags.d.ts");
  assert.deepEqual(await types(await file("payload.json", PAYLOAD), "--out", out), { code: 0, output: `${out}: 1 flags\n` });
  assert.equal(await readFile(out, "utf8"), WRITTEN("payload.json"));
});

test("a site definition that holds a payload does as well, with a byte order mark too", async () => {
  const site = `\ufeff{"experiments":{"payload":${PAYLOAD}}}`;
  assert.equal((await types(await file("site.json", site))).output, WRITTEN("site.json"));
});

test("an address is asked; what it may hold in confidence is not written down", async () => {
  const { port } = server.address();
  const { output } = await types(`http://127.0.0.1:${port}/payload.json?token=secret`);
  assert.equal(output, WRITTEN(`http://127.0.0.1:${port}/payload.json`));
});

test("an encrypted payload is read with its key", async () => {
  const [key, iv] = [randomBytes(16), randomBytes(16)];
  const cipher = createCipheriv("aes-128-cbc", key, iv);
  const text = Buffer.concat([cipher.update(JSON.stringify(JSON.parse(PAYLOAD).features)), cipher.final()]);
  const path = await file("encrypted.json", JSON.stringify({ features: {}, encryptedFeatures: `${iv.toString("base64")}.${text.toString("base64")}` }));
  assert.equal((await types(path, "--key", key.toString("base64"))).output, WRITTEN("encrypted.json"));
  assert.match((await types(path)).output, /no decryption key was given\. Give it with --key\.$/m);
  assert.match((await types(path, "--key", "AAAA")).output, /could not be decrypted/);
});

const FILES = {
  "broken.json": "{",
  "other.json": "[]",
  "list.json": '{"features":[]}',
  "elsewhere.json": '{"experiments":{"url":"/payload.json"}}',
};

const MISTAKES = {
  "no payload": [[], /It takes one payload; 0 were given\.\n\nprivateer-types PAYLOAD/],
  "two payloads": [["a", "b"], /It takes one payload; 2 were given\./],
  "an unknown option": [["--fast"], /--fast/],
  "a file that is not there": [["missing.json"], /There is no file missing\.json\.$/m],
  "a folder": [["."], /\. cannot be read: .*\.$/m],
  "no JSON": [["broken.json"], /broken\.json is no JSON: .*\.$/m],
  "another document": [["other.json"], /other\.json has no features; a GrowthBook payload is an object/],
  "features in a list": [["list.json"], /list\.json has no features/],
  "a site definition with an address": [["elsewhere.json"], /payload is at \/payload\.json\. Give that address instead\.$/m],
  "an address that is not found": [["SERVER/missing"], /missing answered 404 Not Found\.$/m],
  "an address that nobody answers": [["http://127.0.0.1:1/"], /could not be reached: .*\.$/m],
};

for (const [what, [args, sentence]] of Object.entries(MISTAKES)) {
  test(`${what} is answered in a sentence`, async () => {
    for (const name of args) if (FILES[name]) await file(name, FILES[name]);
    const { code, output } = await types(...args.map((each) => each.replace("SERVER", `http://127.0.0.1:${server.address().port}`)));
    assert.equal(code, 1);
    assert.match(output, sentence);
    assert.match(output, /^privateer-types: /);
    assert.doesNotMatch(output, /^\s+at /m);
  });
}

test("a place that cannot be written to is named", async () => {
  const { code, output } = await types(await file("payload.json", PAYLOAD), "--out", join(folder, "missing", "flags.d.ts"));
  assert.equal(code, 1);
  assert.match(output, /flags\.d\.ts cannot be written: ENOENT/);
});

test("help is given when it is asked for", async () => {
  const { code, output } = await types("--help");
  assert.equal(code, 0);
  assert.match(output, /^privateer-types PAYLOAD/);
});

async function file(name, text) {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function types(...args) {
  const { code, output } = await run(process.execPath, [inRoot("www", "tools", "types.mjs"), ...args], { cwd: folder });
  return { code, output };
}

#!/usr/bin/env node
// npx privateer-types payload.json --out flags.d.ts
// Tells TypeScript which flags a GrowthBook payload has and what values they can have.
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { decryptPayload } from "../harness/decrypt.js";
import { flagTypes } from "./flag-types.mjs";

const USAGE = `privateer-types PAYLOAD [--out FILE] [--key KEY]

  PAYLOAD     a GrowthBook payload, or a site definition that holds one: a file or an http(s) address
  --out FILE  where the declaration is written, such as flags.d.ts; printed without it
  --key KEY   the decryption key of an encrypted payload
`;
const LONGEST_MS = 30_000;

/** Something the person at the keyboard can mend: told in a sentence, without a stack. */
class Mistake extends Error {}

async function main(args) {
  const { source, out, key, help } = readArguments(args);
  if (help) return console.log(USAGE);
  const payload = payloadIn(parse(await read(source), source), source);
  const features = featuresIn(await decrypted(payload, key), source);
  const declaration = declare(features, source);
  if (out === undefined) return process.stdout.write(declaration);
  await write(out, declaration);
  console.log(`${out}: ${Object.keys(features).length} flags`);
}

function readArguments(args) {
  const options = { out: { type: "string" }, key: { type: "string" }, help: { type: "boolean", short: "h" } };
  const { values, positionals } = parsed(args, options);
  if (values.help) return values;
  if (positionals.length !== 1) throw new Mistake(`It takes one payload; ${positionals.length} were given.\n\n${USAGE}`);
  return { ...values, source: positionals[0] };
}

function parsed(args, options) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Mistake(`${error.message}\n\n${USAGE}`);
  }
}

async function read(source) {
  if (/^https?:\/\//i.test(source)) return download(source);
  try {
    return (await readFile(source, "utf8")).replace(/^\ufeff/, "");
  } catch (error) {
    throw new Mistake(error.code === "ENOENT" ? `There is no file ${source}.` : `${source} cannot be read: ${error.message}.`);
  }
}

async function download(url) {
  const response = await answerOf(url);
  if (!response.ok) throw new Mistake(`${url} answered ${response.status} ${response.statusText}`.trim() + ".");
  return response.text();
}

async function answerOf(url) {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(LONGEST_MS) });
  } catch (error) {
    throw new Mistake(`${url} could not be reached: ${error.cause?.code ?? error.message}.`);
  }
}

function payloadIn(document, source) {
  const { payload, url } = Object(document?.experiments);
  if (payload === undefined && typeof url === "string") {
    throw new Mistake(`${source} is a site definition whose payload is at ${url}. Give that address instead.`);
  }
  return payload ?? document;
}

async function decrypted(payload, key) {
  try {
    return JSON.parse(await decryptPayload(JSON.stringify(payload), key));
  } catch (error) {
    throw new Mistake(error.code === "no-key" ? `${error.message} Give it with --key.` : error.message);
  }
}

function featuresIn(payload, source) {
  const features = payload?.features;
  if (typeof features === "object" && features !== null && !Array.isArray(features)) return features;
  throw new Mistake(`${source} has no features; a GrowthBook payload is an object such as { "features": { … } }.`);
}

function parse(text, source) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Mistake(`${source} is no JSON: ${error.message}.`);
  }
}

const declare = (features, source) => `// Written by privateer-types from ${nameOf(source)}. Changes here are lost: run it again instead.
export {};

declare module "privateer" {
  interface Flags {
${flagTypes(features, "    ").map((line) => `${line}\n`).join("")}  }
}
`;

// The same on every machine, and without what an address may hold in confidence.
function nameOf(source) {
  if (!/^https?:\/\//i.test(source)) return basename(source);
  const { origin, pathname } = new URL(source);
  return origin + pathname;
}

async function write(path, text) {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new Mistake(`${path} cannot be written: ${error.message}.`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`privateer-types: ${error instanceof Mistake ? error.message : error.stack}`);
  process.exitCode = 1;
}

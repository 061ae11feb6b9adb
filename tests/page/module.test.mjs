// However a server delivers the module, it is fetched once and runs.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { startSite } from "./support/site.mjs";

const body = await readFile(inRoot("pkg", "privateer_bg.wasm"));
const COUNTED = `window.modules = 0; const real = fetch; window.fetch = (what, ...more) => { window.modules += /bg\\.wasm/.test(what?.url ?? what); return real(what, ...more); };`;

for (const type of ["application/wasm", "application/octet-stream", "application/wasm; charset=binary"]) {
  test(`a module that is called ${type} runs, and is asked for once`, async (t) => {
    const site = await startSite(t, { first: COUNTED, instead: { "/pkg/privateer_bg.wasm": { type, body } } });
    const page = await site.open();
    assert.equal(await page.evaluate(async () => (await window.privateer).ready), true);
    assert.equal(await page.evaluate(() => window.modules), 1);
  });
}

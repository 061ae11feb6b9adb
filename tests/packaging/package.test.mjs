// The npm package as its users get it: packed, installed into a project of its own, imported and bundled there.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import * as vite from "vite";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { npm, run } from "../../scripts/shared/run.mjs";

let project;
let packed;

before(async () => {
  project = await mkdtemp(join(tmpdir(), "privateer-package-"));
  await writeFile(join(project, "package.json"), '{ "name": "somebody", "private": true, "type": "module" }');
  const { code, stdout, output } = await npm(["pack", "--json", "--pack-destination", project], { cwd: inRoot("pkg") });
  assert.equal(code, 0, output);
  [packed] = JSON.parse(stdout);
  const installed = await npm(["install", "--offline", "--ignore-scripts", join(project, packed.filename)], { cwd: project });
  assert.equal(installed.code, 0, installed.output);
});

after(() => rm(project, { recursive: true, force: true }));

const NEEDED = [
  "README.md", "auto.js", "channel.js", "decisions.d.ts", "decrypt.d.ts", "decrypt.js", "extras.js", "identity.js", "index.d.ts", "index.js", "learned.d.ts", "learned.js", "learned.wasm", "links.js", "mask.js", "migrate.js", "observe.js", "package.json", "payload.js",
  "plan.js", "privateer.d.ts", "privateer.js", "privateer_bg.wasm", "privateer_export.py", "privateer_plain.js", "recode.js", "blocked.js", "referral.d.ts", "referral.js", "referral.wasm", "rewards.wasm", "scoring.js", "scoring.wasm", "share.js", "signals.js", "signed.d.ts", "signed.js", "site.schema.json", "spill.js", "types.mjs", "vitals.js", "why.js", "withdraw.js", "blocked.d.ts",
  "insights/insights.d.ts", "insights/insights.js", "insights/insights_bg.wasm", "models/models.d.ts", "models/models.js", "models/models_bg.wasm", "qr/qr.d.ts", "qr/qr.js", "qr/qr_bg.wasm", "qr/qr_plain.js",
  "wire/cloudevents.js", "wire/otlp.js", "wire/posthog.js", "wire/segment.js", "wire/snowplow.js",
];
const WELCOME = /^(CHANGELOG\.md|LICENSE.*|auto\.d\.ts)$/;

test("the package holds what is promised and nothing else", () => {
  const files = packed.files.map(({ path }) => path);
  assert.deepEqual(NEEDED.filter((path) => !files.includes(path)), [], "missing");
  assert.deepEqual(files.filter((path) => !NEEDED.includes(path) && !WELCOME.test(path)), [], "unexpected");
  assert.ok(files.some((path) => path.startsWith("LICENSE")), "a licence");
});

test("every address of the package leads to a file", async () => {
  const { exports } = JSON.parse(await readFile(join(project, "node_modules", "privateer", "package.json"), "utf8"));
  const targets = Object.values(exports).flatMap((target) => (typeof target === "string" ? [target] : Object.values(target)));
  for (const target of targets) await readFile(join(project, "node_modules", "privateer", target));
});

test("it needs no other package", async () => {
  const { dependencies } = JSON.parse(await readFile(join(project, "node_modules", "privateer", "package.json"), "utf8"));
  assert.equal(dependencies, undefined);
  assert.deepEqual((await readdir(join(project, "node_modules"))).filter((name) => !name.startsWith(".")), ["privateer"]);
});

test("Node imports the page's module without a page", async () => {
  assert.equal(await inNode(`import { start } from "privateer"; console.log(typeof start);`), "function");
});

test("Node runs the core, given the bytes", async () => {
  const printed = await inNode(`
    import { readFileSync } from "node:fs";
    import { initSync, Visitor } from "privateer/core";
    initSync({ module: readFileSync(new URL(import.meta.resolve("privateer/privateer_bg.wasm"))) });
    const site = readFileSync(${JSON.stringify(inRoot("www", "site.json"))}, "utf8");
    const page = { page: { url: "https://example.com/", path: "/", search: "", referrer: "", title: "" }, locale: "en", timezone: "UTC", userAgent: "" };
    const visitor = Visitor.simulated(site, JSON.stringify(page), 7, Date.UTC(2026, 0, 31));
    visitor.step("track", "Tried", "{}", 0);
    console.log(JSON.parse(visitor.ask("events", "")).some(({ event }) => event === "Tried"));`);
  assert.equal(printed, "true");
});

test("Node runs the insights, given the bytes", async () => {
  const printed = await inNode(`
    import { readFileSync } from "node:fs";
    import { initSync, compareProportions } from "privateer/insights";
    initSync({ module: readFileSync(new URL(import.meta.resolve("privateer/insights_bg.wasm"))) });
    console.log(compareProportions({ visitors: [1000, 1000], conversions: [100, 100] }).difference);`);
  assert.equal(Number(printed), 0);
});

test("Node decrypts a payload", async () => {
  assert.equal(await inNode(`import { decrypt } from "privateer/decrypt"; console.log(await decrypt("AAAA.AAAA", "AAAA"));`), "null");
});

test("Node checks a signed link", async () => {
  const printed = await inNode(`
    import { readFileSync } from "node:fs";
    import { verify } from "privateer/signed";
    const { cases: [{ token }], ...what } = JSON.parse(readFileSync(${JSON.stringify(inRoot("tests", "data", "signed_links.json"))}, "utf8"));
    console.log((await verify(token, what)).code, (await verify(token + "A", what)).refused);`);
  assert.equal(printed, "2222-2222 signature");
});

test("Node decides without a page, and is told why", async () => {
  const printed = await inNode(`
    import { readFileSync } from "node:fs";
    import { experiments } from "privateer";
    const wasm = readFileSync(new URL(import.meta.resolve("privateer/privateer_bg.wasm")));
    const payload = { features: { hero: { defaultValue: "control", rules: [{ id: "crew", condition: { plan: "crew" }, force: "calm" }] } } };
    const engine = await experiments(payload, { attributes: { plan: "crew" }, wasm });
    const { steps, reason } = await engine.why("hero");
    console.log(engine.flag("hero", "none"), steps.length, reason);`);
  assert.equal(printed, "calm 1 Rule crew of hero gives its value.");
});

test("the page's module loads decryption and reasons when they are needed, and does not carry them along", async () => {
  const page = await readFile(join(project, "node_modules", "privateer", "index.js"), "utf8");
  assert.doesNotMatch(page, /AES-CBC|gives its value/);
});

test("a page's script waits for no other script", async () => {
  for (const file of ["index.js", "auto.js"]) {
    const script = await readFile(join(project, "node_modules", "privateer", file), "utf8");
    assert.doesNotMatch(script, /\bfrom\s*["']|\bimport\s*["']/, file);
  }
});

test("its command writes the types of a payload's flags, and a strict project is held to them", async () => {
  await writeFile(join(project, "payload.json"), '{"features":{"hero":{"defaultValue":"control","rules":[{"force":"calm"}]}}}');
  const written = await npm(["exec", "--offline", "--", "privateer-types", "payload.json", "--out", "flags.d.ts"], { cwd: project });
  assert.equal(written.code, 0, written.output);
  assert.match(await checked('privateer.flag("hero", "calm") === "control";'), /^$/);
  assert.match(await checked('privateer.flag("hero", "loud");'), /error TS/);
});

test("esbuild bundles it", async () => {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: USE, resolveDir: project },
    bundle: true, format: "esm", write: false, outdir: join(project, "esbuild"), logLevel: "silent",
  });
  const [{ text }] = outputFiles;
  assert.match(text, /privateer_bg\.wasm/);
  assert.match(text, /privateer_plain\.js/);
  assert.doesNotMatch(text, /structuredClone/, "what is plain JavaScript in its place stays a file of its own");
});

test("Vite bundles it and carries the wasm files along, and what is plain JavaScript in their place", async () => {
  await mkdir(join(project, "app"), { recursive: true });
  await writeFile(join(project, "app", "index.html"), '<!doctype html><script type="module" src="./main.js"></script>');
  await writeFile(join(project, "app", "main.js"), USE);
  await vite.build({ root: join(project, "app"), configFile: false, logLevel: "silent", build: { outDir: join(project, "vite") } });
  const assets = await readdir(join(project, "vite", "assets"));
  assert.ok(assets.some((name) => /^privateer_bg-.*\.wasm$/.test(name)), assets.join(" "));
  const modules = ["privateer_plain", "qr_plain"].map((name) => assets.find((asset) => asset.startsWith(`${name}-`)));
  const [core, qr] = await Promise.all(modules.map((asset) => import(pathToFileURL(join(project, "vite", "assets", asset)))));
  assert.equal(typeof core.instantiate, "function");
  assert.match(qr.qr_svg("as it was"), /^<svg/);
});

const USE = `import { start } from "privateer"; window.started = start({ site: "/site.json" });`;

/** What TypeScript says to a line that uses a started page, inside the project. */
async function checked(line) {
  await writeFile(join(project, "use.ts"), `import { start } from "privateer";\nconst privateer = await start({ site: "/site.json" });\n${line}\n`);
  const options = ["--strict", "--noEmit", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "--types", "", "--ignoreConfig"];
  const tsc = inRoot("node_modules", "typescript", "bin", "tsc");
  return (await run(process.execPath, [tsc, ...options, "use.ts", "flags.d.ts"], { cwd: project })).stdout.trim();
}

/** What a script prints that runs inside the project. */
async function inNode(script) {
  const file = join(project, "script.mjs");
  await writeFile(file, script);
  const { code, stdout, output } = await run(process.execPath, [file], { cwd: project });
  assert.equal(code, 0, output);
  return stdout.trim();
}

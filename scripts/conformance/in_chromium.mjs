// The cases in a page of a headless Chromium, served beside the package under the pages' own security policy.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { startServer } from "../serve/server.mjs";
import { findBrowser, howToGet } from "../setup/browsers.mjs";
import { inRoot } from "../shared/paths.mjs";
import { Stop } from "../shared/stop.mjs";

// Chromium's sandbox refuses to run as root, which is what containers are.
const ARGS = ["--disable-background-networking", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];

export async function runInChromium(sections, settings) {
  const found = findBrowser("chromium");
  if (!found) throw new Stop("There is no Chromium to ask in.", howToGet("chromium"));
  const folder = await mkdtemp(join(tmpdir(), "privateer-conformance-"));
  const server = await startServer({ collected: folder, instead: await answers(sections, settings) });
  const browser = await chromium.launch({ executablePath: found.program, args: ARGS });
  try {
    return await outcomesOf(await browser.newPage(), `${server.url}/conformance.html`);
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function outcomesOf(page, url) {
  // A module that cannot be loaded leaves no outcomes to wait for.
  const broken = new Promise((_, fail) => page.on("pageerror", fail));
  // As text, which carries what is no well-formed Unicode, too.
  const outcomes = page.goto(url).then(() => page.evaluate("window.outcomes.then(JSON.stringify)"));
  return JSON.parse(await Promise.race([outcomes, broken]));
}

async function answers(sections, settings) {
  return new Map([
    ["/conformance.html", { type: "text/html", body: '<!doctype html><script type="module" src="/conformance.js"></script>' }],
    ["/conformance.js", { type: "text/javascript", body: await bundled() }],
    ["/cases.json", { type: "application/json", body: JSON.stringify({ sections, settings }) }],
  ]);
}

async function bundled() {
  const { outputFiles } = await build({
    absWorkingDir: inRoot(), entryPoints: ["scripts/conformance/in_page.mjs"],
    bundle: true, format: "esm", target: "es2022", write: false, logLevel: "silent", external: ["/pkg/*"],
  });
  return outputFiles[0].text;
}

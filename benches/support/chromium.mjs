// The same case in a page: bundled, served beside the package, and run in a headless Chromium.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { startServer } from "../../scripts/serve/server.mjs";
import { findBrowser, howToGet } from "../../scripts/setup/browsers.mjs";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { Stop } from "../../scripts/shared/stop.mjs";

export async function measureInChromium(module) {
  const found = findBrowser("chromium");
  if (!found) throw new Stop("There is no Chromium to measure in.", howToGet("chromium"));
  const folder = await mkdtemp(join(tmpdir(), "privateer-bench-"));
  const server = await startServer({ collected: folder, instead: await answers(module) });
  const browser = await chromium.launch({ executablePath: found.program, args: ["--disable-background-networking", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])] });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}/bench.html`);
    return await page.evaluate("window.values");
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function answers(module) {
  const script = { type: "text/javascript", body: await bundle(module) };
  const page = { type: "text/html", body: '<!doctype html><script type="module" src="/bench.js"></script>' };
  const data = async (name) => ({ type: "application/json", body: await readFile(inRoot("tests", "data", "experiments", name), "utf8") });
  return new Map([["/bench.html", page], ["/bench.js", script], ["/payload.json", await data("payload-100.json")], ["/users.json", await data("users.json")]]);
}

async function bundle(module) {
  const contents = `
    import { start } from "/pkg/index.js";
    import { subjects } from "../cases/${module}.mjs";
    import { nanoseconds } from "./rounds.mjs";
    const read = async (path) => (await fetch(path)).json();
    const world = async () => ({ start, payload: await read("/payload.json"), users: await read("/users.json") });
    window.values = world().then(subjects).then(nanoseconds);`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: inRoot("benches", "support") },
    bundle: true, minify: true, format: "esm", target: "es2022", write: false, logLevel: "silent", external: ["/pkg/*"],
  });
  return outputFiles[0].text;
}

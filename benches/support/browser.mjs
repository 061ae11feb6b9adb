// A headless Chromium, and a server for what it is to see.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { CONTENT_SECURITY_POLICY, startServer } from "../../scripts/serve/server.mjs";
import { findBrowser, howToGet } from "../../scripts/setup/browsers.mjs";
import { Stop } from "../../scripts/shared/stop.mjs";

const ARGUMENTS = ["--disable-background-networking", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
// flagd compiles its rules with `new Function`; a policy that forbids it would show its slower mode.
const POLICY = CONTENT_SECURITY_POLICY.replace("'wasm-unsafe-eval'", "'wasm-unsafe-eval' 'unsafe-eval'");

export const html = (body) => ({ type: "text/html", body: `<!doctype html><meta charset="utf-8"><title>Benchmark</title>${body}` });
export const javascript = (body) => ({ type: "text/javascript", body });
export const json = (body) => ({ type: "application/json", body });

/**
 * @param {[string, object][]} answers what the server says at which path, besides the package at /pkg/
 * @param {(browser: import("playwright-core").Browser, url: string) => Promise<any>} work
 */
export async function inChromium(answers, work) {
  const found = findBrowser("chromium");
  if (!found) throw new Stop("There is no Chromium to measure in.", howToGet("chromium"));
  const folder = await mkdtemp(join(tmpdir(), "privateer-bench-"));
  const server = await startServer({ collected: folder, policy: POLICY, instead: new Map(answers) });
  const browser = await chromium.launch({ executablePath: found.program, args: ARGUMENTS });
  try {
    return await work(browser, server.url);
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

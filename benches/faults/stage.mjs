// Where one product meets one fault: a browser with a profile of its own, which outlives the browser, and the product's page.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright-core";
import { ARGUMENTS, USER_AGENT, chromiumProgram } from "../support/visits.mjs";
import { burst } from "./in_page.mjs";

const STARTS_MS = 15_000;
const SETTLED_MS = 1500;

export class Stage {
  errors = 0; // exceptions that reached the page
  started = true; // whether the product got ready every time it was asked for
  #scripts = [];

  constructor(world, tracker) {
    Object.assign(this, { collector: world.collector, address: world.sites.addressOf(tracker), away: world.sites.away });
  }

  async raise() {
    this.profile = await mkdtemp(join(tmpdir(), "privateer-faults-"));
    await this.#launch();
  }

  async strike() {
    await this.context?.close().catch(() => {});
    await rm(this.profile, { recursive: true, force: true });
  }

  /** What runs in every page from now on, before its own scripts. */
  async before(script) {
    this.#scripts.push(script);
    await this.context.addInitScript(script);
  }

  /** A page of the product, ready and at rest. */
  async open() {
    const page = await this.context.newPage();
    page.on("pageerror", () => { this.errors += 1; });
    await page.goto(this.address);
    await this.#atRest(page);
    return page;
  }

  async reload(page) {
    await page.goto(this.address);
    await this.#atRest(page);
  }

  /** Twenty events, or what the fault says; 120 kB at most, as one task. */
  burst(page, events = {}) {
    return page.evaluate(burst, { times: 20, ...events });
  }

  sleep(ms) {
    return sleep(ms);
  }

  async crash(page) {
    const session = await this.context.newCDPSession(page);
    const crashed = new Promise((done) => page.once("crash", done));
    session.send("Page.crash").catch(() => {});
    await crashed;
    await page.close();
  }

  /** The browser is closed and started again, with the same profile. */
  async restart() {
    await this.context.close();
    await this.#launch();
  }

  async #launch() {
    this.context = await chromium.launchPersistentContext(this.profile, { executablePath: chromiumProgram(), args: ARGUMENTS, userAgent: USER_AGENT });
    for (const script of this.#scripts) await this.context.addInitScript(script);
  }

  async #atRest(page) {
    const ready = await page.waitForFunction("window.tracks", null, { timeout: STARTS_MS }).catch(() => null);
    this.started &&= Boolean(ready);
    await page.waitForTimeout(SETTLED_MS);
  }
}

// A page and its collector on two origins, as in life, with whatever faults a test asks for between them.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer } from "../../../scripts/serve/server.mjs";
import { theBrowser } from "./browser.mjs";
import { until } from "./until.mjs";

/** Nothing is observed but page views: the tests count what they track themselves. */
const QUIET = { pageviews: true, clicks: false, forms: false, engagement: false, observe: false };
export const SCRIPT = '<script type="module" src="/pkg/auto.js" data-site="/site.json"></script>';

/**
 * Starts both for one test; all of it ends with the test. "/" and "/next" have Privateer, "/plain" has not.
 * @param {import("node:test").TestContext} t
 * @param {object} [change]
 * @param {(definition: object, collector: {url: string}) => void} [change.site] edits the site definition
 * @param {string} [change.first] a script that runs before the page's own, e.g. to break something
 * @param {number} [change.gather] how long events gather before they are sent, in milliseconds, instead of the second that is usual
 * @param {boolean} [change.clock] whether time can be let pass (clock.js)
 * @param {(collector: {url: string}) => string} [change.policy] another Content-Security-Policy
 * @param {Record<string, string>} [change.headers] further headers of pages and files
 * @param {Record<string, string>} [change.pages] further pages: what stands in the head after the first script, by path
 * @param {Record<string, string>} [change.scripts] further scripts, by path
 */
export async function startRemote(t, { site = () => {}, first = "", gather, clock = false, policy = strict, headers, pages = {}, scripts = {} } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "privateer-fault-"));
  const profile = join(folder, "profile");
  const arrivals = [];
  const collector = await startServer({ collected: join(folder, "far"), arrived: (arrival) => arrivals.push(arrival) });
  const instead = new Map();
  const home = await startServer({ collected: join(folder, "near"), policy: policy(collector), headers, instead });
  const visitors = [];
  t.after(async () => {
    for (const visitor of visitors) await visitor.close();
    for (const server of [home, collector]) await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Changes the definition that the next page finds. */
  const define = (edit) => {
    const definition = { tracking: { ...QUIET }, delivery: { url: `${collector.url}/collect`, write_key: "example", gather_ms: gather }, consent: { initial: "granted" } };
    edit(definition, collector);
    instead.set("/site.json", { type: "application/json", body: JSON.stringify(definition) });
  };
  define(site);
  for (const [path, body] of Object.entries({ "/first.js": await firstScript(first, clock), ...scripts })) {
    instead.set(path, { type: "text/javascript", body });
  }
  for (const [path, head] of Object.entries({ "/": SCRIPT, "/next": SCRIPT, "/plain": "", ...pages })) {
    instead.set(path, { type: "text/html; charset=utf-8", body: html(path, head) });
  }
  const keep = (visitor) => (visitors.push(visitor), visitor);

  return {
    url: home.url,
    collector,
    faults: collector.faults,
    /** Every delivery that came, and what became of it. */
    arrivals,
    /** What the collector wrote down: each message once. */
    events: () => collector.store.events(),
    /** Waits until an event that fits was collected. */
    event: (fits, what) => until(async () => (await collector.store.events()).find(fits), `the collector has ${what}`),
    define,
    visitor: async () => keep(await (await theBrowser()).visitor()),
    /** A visitor whose browser can be ended and started again with the same storage. */
    resident: async () => keep(await (await theBrowser()).resident(profile)),
    /** The folder of that browser. */
    profile,
    /** A new visitor's first page. */
    open: async function (path = "/") {
      return (await this.visitor()).open(home.url + path);
    },
  };
}

/** The same, for tests that wait for many deliveries. */
export const startQuick = (t, change) => startRemote(t, { gather: 200, ...change });

const strict = ({ url }) => `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ${url}`;

async function firstScript(first, clock) {
  const files = ["watch.js", ...(clock ? ["clock.js"] : [])];
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, import.meta.url), "utf8")));
  return [...texts, first].join("\n");
}

const html = (path, head) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${path}</title><script src="/first.js"></script>${head}</head><body><p>An example page.</p></body></html>`;

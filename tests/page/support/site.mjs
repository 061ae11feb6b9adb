// The real pages on the real server, in a folder and on a port of their own, with changes a test asks for.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CONTENT_SECURITY_POLICY, startServer } from "../../../scripts/serve/server.mjs";
import { inRoot } from "../../../scripts/shared/paths.mjs";
import { theBrowser } from "./browser.mjs";
import { until } from "./until.mjs";

/** How long a tested page waits for what Privateer is made of, unless the test is about that. */
export const PATIENT_MS = 20_000;

const PAGES = { "/": "index.html", "/console/": "console/index.html" };

/**
 * Starts the site for one test; all of it ends with the test.
 * @param {import("node:test").TestContext} t
 * @param {object} [change]
 * @param {(definition: object) => void} [change.site] edits the site definition
 * @param {string} [change.first] a script that runs before the page's own, e.g. to break something
 * @param {string} [change.policy] another Content-Security-Policy; the pages' own one is then taken out
 * @param {Record<string, {status?: number, type?: string, body: string}>} [change.instead] answers by path
 * @param {number} [change.timeout] how long the page waits for its parts, in milliseconds: on a busy machine the usual three seconds are short
 */
export async function startSite(t, { site = () => {}, first = "", policy, instead = {}, timeout = PATIENT_MS } = {}) {
  const collected = await mkdtemp(join(tmpdir(), "privateer-page-"));
  const answers = new Map([
    ["/first.js", { type: "text/javascript", body: `${await readFile(new URL("watch.js", import.meta.url), "utf8")}\n${first}` }],
    ["/site.json", { type: "application/json", body: await definition(site) }],
  ]);
  for (const [path, file] of Object.entries(PAGES)) {
    answers.set(path, { type: "text/html; charset=utf-8", body: await prepared(file, { withoutPolicy: policy !== undefined, timeout }) });
  }
  for (const [path, answer] of Object.entries(instead)) answers.set(path, answer);
  const server = await startServer({ collected, policy: policy ?? CONTENT_SECURITY_POLICY, instead: answers });
  const visitors = [];
  t.after(async () => {
    for (const visitor of visitors) await visitor.close();
    await server.stop();
    await rm(collected, { recursive: true, force: true });
  });

  return {
    url: server.url,
    faults: server.faults,
    deliveries: server.deliveries,
    /** What the collector wrote down. */
    events: () => server.store.events(),
    /** Waits until an event that fits was collected. */
    event: (fits, what) => until(async () => (await server.store.events()).find(fits), `the collector has ${what}`),
    visitor: async () => {
      const visitor = await (await theBrowser()).visitor();
      visitors.push(visitor);
      return visitor;
    },
    /** A new visitor's first page. */
    open: async function (path = "/") {
      return (await this.visitor()).open(server.url + path);
    },
  };
}

async function definition(edit) {
  const document = JSON.parse(await readFile(inRoot("www", "site.json"), "utf8"));
  edit(document);
  return JSON.stringify(document);
}

// The page with a first script, and with a script tag that waits for so long.
async function prepared(file, { withoutPolicy, timeout }) {
  const html = await readFile(inRoot("www", file), "utf8").catch(() => "<!doctype html><head></head>");
  const open = withoutPolicy ? html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "") : html;
  return open.replace("<head>", '<head><script src="/first.js"></script>').replace('data-site="/site.json"', `$& data-timeout="${timeout}"`);
}

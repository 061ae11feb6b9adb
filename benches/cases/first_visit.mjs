// Somebody's first page: nothing is cached or compiled. From the moment the browser asks for the page's script, which holds
// the library, until every feature is decided. The payload stands in the page; the wasm module is downloaded and compiled.
import { readFileSync } from "node:fs";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { html, inChromium, javascript } from "../support/browser.mjs";
import { bundle } from "../support/bundle.mjs";
import { provedSame } from "../support/proofs.mjs";
import { median } from "../support/rounds.mjs";

const VISITS = 30;

const LIBRARIES = {
  privateer: `
    import { experiments } from "./pkg/index.js";
    const reader = async (payload, attributes) => {
      const engine = await experiments(payload, { attributes });
      return (key) => engine.flag(key, null);
    };`,
  "@growthbook/growthbook": `
    import { GrowthBook } from "@growthbook/growthbook";
    const reader = async (payload, attributes) => {
      const growthbook = new GrowthBook({ attributes, trackingCallback() {} }).initSync({ payload: JSON.parse(payload) });
      return (key) => growthbook.getFeatureValue(key, null);
    };`,
};

// What the README tells a page to have in its head: the module comes beside the script and not after it.
const HEADS = [`<link rel="preload" href="/visit/privateer_bg.wasm" as="fetch" type="application/wasm" crossorigin>`, ""];

const script = (library) => `
  ${library}
  const text = (id) => document.getElementById(id).textContent;
  const visit = async () => {
    const { user, keys } = JSON.parse(text("asked"));
    const values = keys.map(await reader(text("payload"), user));
    const { startTime } = performance.getEntriesByName(import.meta.url)[0];
    return { took: performance.now() - startTime, values };
  };
  window.visit = visit();`;

export async function firstVisit() {
  const names = Object.keys(LIBRARIES);
  return inChromium(await answers(), async (browser, url) => {
    const took = Object.fromEntries(names.map((name) => [name, []]));
    for (let number = 0; number <= VISITS; number += 1) {
      // Now one, now the other is the first.
      const visits = {};
      for (const name of number % 2 ? names : names.toReversed()) visits[name] = await visit(browser, `${url}/visit/${names.indexOf(name)}.html`);
      provedSame(Object.fromEntries(names.map((name) => [name, visits[name].values])));
      // The first visits are the browser's own first.
      if (number > 0) names.forEach((name) => took[name].push(visits[name].took));
    }
    return Object.fromEntries(names.map((name) => [name, median(took[name])]));
  });
}

async function visit(browser, address) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  const seen = await page.evaluate("window.visit");
  await context.close();
  return seen;
}

async function answers() {
  const read = (name) => readFileSync(inRoot("tests", "data", "experiments", name), "utf8");
  const payload = read("payload-100.json");
  const [user] = JSON.parse(read("users.json"));
  const asked = JSON.stringify({ user, keys: Object.keys(JSON.parse(payload).features) });
  const page = (number) => html(`${HEADS[number]}${block("payload", payload)}${block("asked", asked)}<script type="module" src="/visit/${number}.js"></script>`);
  const libraries = await Promise.all(Object.values(LIBRARIES).map((library) => bundle(script(library))));
  return [
    ["/visit/privateer_bg.wasm", { type: "application/wasm", body: readFileSync(inRoot("pkg", "privateer_bg.wasm")) }],
    ...libraries.flatMap((body, number) => [[`/visit/${number}.html`, page(number)], [`/visit/${number}.js`, javascript(body)]]),
  ];
}

const block = (id, json) => `<script type="application/json" id="${id}">${json.replaceAll("<", "\\u003c")}</script>`;

// A timed case in a page: bundled, served beside the package, and run in a headless Chromium.
import { readFileSync } from "node:fs";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { html, inChromium, javascript, json } from "./browser.mjs";
import { bundle } from "./bundle.mjs";

export async function measureInChromium(job) {
  const data = [`payload-${job.features ?? 100}.json`, "users.json"];
  return inChromium([
    ["/bench.html", html('<script type="module" src="/bench.js"></script>')],
    ["/bench.js", javascript(await bundle(script(job), ["/pkg/*"]))],
    ...data.map((name) => [`/${name}`, json(readFileSync(inRoot("tests", "data", "experiments", name)))]),
  ], async (browser, url) => {
    const page = await browser.newPage();
    await page.goto(`${url}/bench.html`);
    return page.evaluate("window.values");
  });
}

const script = ({ module, ...job }) => `
  import * as library from "/pkg/index.js";
  import { subjects } from "./benches/cases/${module}.mjs";
  import { nanoseconds } from "./benches/support/rounds.mjs";
  import { worldOf } from "./benches/support/world.mjs";
  import { withoutWebAssembly } from "./scripts/shared/without_wasm.mjs";

  const job = ${JSON.stringify(job)};
  const read = async (name) => (await fetch("/" + name)).text();
  const measure = async () => {
    if (${process.env.CORE === "plain"}) await withoutWebAssembly(() => library.experiments({}));
    const memory = library.instantiate(await WebAssembly.compileStreaming(fetch("/pkg/privateer_bg.wasm")));
    const world = await worldOf(job, read, { ...library, memory });
    return nanoseconds(await subjects(world), job.rounds);
  };
  window.values = measure();`;

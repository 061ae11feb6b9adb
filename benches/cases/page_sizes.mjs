// What a page has to download before the first decision or event: each library bundled and minified the same way.
import { readFileSync } from "node:fs";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { bundle } from "../support/bundle.mjs";

const OURS = ["auto.js", "privateer_bg.wasm"];

const GROWTHBOOK = `
    import { GrowthBook } from "@growthbook/growthbook";
    const growthbook = new GrowthBook({ apiHost: "https://example.com", clientKey: "key", trackingCallback: (...seen) => window.seen(seen) });
    window.growthbook = growthbook.init({ timeout: 3000 }).then(() => growthbook);`;

const SNOWPLOW = `
    import { newTracker, trackPageView } from "@snowplow/browser-tracker";
    newTracker("page", "https://example.com", { appId: "site" });
    trackPageView();`;

const POSTHOG = `
    import posthog from "posthog-js";
    window.posthog = posthog.init("key", { api_host: "https://example.com" });`;

const PEERS = {
  "@growthbook/growthbook": GROWTHBOOK,
  "@snowplow/browser-tracker": SNOWPLOW,
  // Privateer decides and tracks: this is what both jobs take otherwise.
  "growthbook and snowplow": GROWTHBOOK + SNOWPLOW,
  "posthog-js": POSTHOG,
};

/** @param {(bytes: Buffer) => number} compressed the size of a file as it is delivered */
export async function pageSizes(compressed) {
  const sizes = { privateer: OURS.reduce((sum, file) => sum + compressed(built(file)), 0) };
  for (const [name, use] of Object.entries(PEERS)) sizes[name] = compressed(Buffer.from(await bundle(use)));
  return sizes;
}

const EXPERIMENTS = `
    import { experiments } from "./pkg/index.js";
    window.engine = experiments(payload, { attributes });`;

const GROWTHBOOK_GIVEN = `
    import { GrowthBook } from "@growthbook/growthbook";
    const growthbook = new GrowthBook({ attributes });
    window.growthbook = growthbook.init({ payload }).then(() => growthbook);`;

/** Deciding alone, with a payload at hand. */
export async function engineSizes(compressed) {
  const script = async (use) => compressed(Buffer.from(await bundle(use)));
  return {
    privateer: await script(EXPERIMENTS) + compressed(built("privateer_bg.wasm")),
    "@growthbook/growthbook": await script(GROWTHBOOK_GIVEN),
  };
}

const built = (file) => readFileSync(inRoot("pkg", file));

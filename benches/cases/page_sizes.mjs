// What a page has to download before the first decision or event: each library bundled and minified the same way.
import { build } from "esbuild";
import { brotliBytes } from "../../scripts/shared/brotli.mjs";
import { inRoot } from "../../scripts/shared/paths.mjs";

const OURS = ["auto.js", "privateer.js", "privateer_bg.wasm"];

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

export async function pageSizes() {
  const sizes = { privateer: OURS.reduce((sum, file) => sum + brotliBytes(inRoot("pkg", file)), 0) };
  for (const [name, use] of Object.entries(PEERS)) sizes[name] = await bundled(use);
  return sizes;
}

async function bundled(use) {
  const { outputFiles } = await build({
    stdin: { contents: use, resolveDir: inRoot() },
    bundle: true, minify: true, format: "esm", target: "es2022", platform: "browser", write: false, legalComments: "none", logLevel: "silent",
  });
  return brotliBytes(Buffer.from(outputFiles[0].contents));
}

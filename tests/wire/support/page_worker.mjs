// A page in a thread of its own: the page build as it ships, in as much of a browser as it asks for. See client.mjs.
import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { pretendPage } from "../../../benches/support/fake_page.mjs";
import { inRoot } from "../../../scripts/shared/paths.mjs";

const { site, stored } = workerData;

pretendPage();
for (const [key, value] of Object.entries(stored)) localStorage.setItem(key, value);

const library = await import(inRoot("pkg", "index.js"));
library.instantiate(readFileSync(inRoot("pkg", "privateer_bg.wasm")));
const page = await library.start({ site });

const MORE = {
  // A burst, in one turn, as a page's own script makes it.
  trackAll: (events) => events.forEach((event) => page.track(...event)),
  stored: () => Object.fromEntries(Array.from({ length: localStorage.length }, (_, place) => localStorage.key(place)).map((key) => [key, localStorage.getItem(key)])),
};

parentPort.on("message", async ({ number, method, args }) => {
  try {
    parentPort.postMessage({ number, value: await (MORE[method] ?? page[method].bind(page))(...args) });
  } catch (error) {
    parentPort.postMessage({ number, error: error.stack });
  }
});
parentPort.postMessage({ ready: true });

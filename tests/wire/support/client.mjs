// The page build in Node, each page in a thread of its own: `call("track", "Tried", {})` asks its object.
import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { inRoot } from "../../../scripts/shared/paths.mjs";

// Whether what ships asks the encoders itself. While it does not, through_encoder.mjs stands between it and the network;
// once it does, nothing but this and that file has to go.
const ASKS_ENCODERS = readFileSync(inRoot("pkg", "index.js"), "utf8").includes("./wire/posthog.js");

const QUIET = { pageviews: false, clicks: false, forms: false, engagement: false };

/**
 * A page that records nothing by itself and delivers to `delivery.url`, in `delivery.format` when there is one.
 * @param {{delivery: object, site?: object, stored?: object}} options site: further sections; stored: what an earlier page left in localStorage
 * @returns {Promise<{call: (method: string, ...args: any[]) => Promise<any>, close: () => Promise<void>}>}
 */
export async function openPage({ delivery, site: sections, stored = {} }) {
  const { format, settings, ...plain } = delivery;
  const asked = ASKS_ENCODERS || !format;
  const sent = asked ? { ...plain, ...(format && { format }), ...settings } : plain;
  const site = { site: "wire", tracking: QUIET, delivery: sent, ...sections };
  const worker = new Worker(new URL("page_worker.mjs", import.meta.url), { workerData: { site, stored, format: asked ? undefined : format, settings } });
  const calls = answered(worker);
  await calls.ready;
  return { call: calls.call, close: () => worker.terminate() };
}

function answered(worker) {
  const waiting = new Map();
  let settle;
  const ready = new Promise((resolve, reject) => { settle = { resolve, reject }; });
  worker.once("error", (error) => {
    settle.reject(error);
    for (const { reject } of waiting.values()) reject(error);
  });
  worker.on("message", ({ ready: isReady, number, value, error }) => {
    if (isReady) return settle.resolve();
    const { resolve, reject } = waiting.get(number);
    waiting.delete(number);
    if (error) reject(new Error(error));
    else resolve(value);
  });
  let calls = 0;
  const call = (method, ...args) => new Promise((resolve, reject) => {
    waiting.set(calls, { resolve, reject });
    worker.postMessage({ number: calls, method, args });
    calls += 1;
  });
  return { ready, call };
}

/** What somebody who said who they are leaves behind: the `stored` of their next page. */
export async function visitedAs(userId, url) {
  const page = await openPage({ delivery: { url } });
  await page.call("identify", userId);
  await page.call("flush");
  const stored = await page.call("stored");
  await page.close();
  return stored;
}

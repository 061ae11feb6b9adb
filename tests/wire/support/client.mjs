// The page build in Node, each page in a thread of its own: `call("track", "Tried", {})` asks its object.
import { Worker } from "node:worker_threads";

// Contracts count requests: none may be there that only tells of losses.
const QUIET = { pageviews: false, clicks: false, forms: false, engagement: false, sample: { "Events Dropped": 0 } };

/**
 * A page that records nothing by itself and delivers to `delivery.url`, in `delivery.format` when there is one.
 * @param {{delivery: object, site?: object, stored?: object}} options site: further sections; stored: what an earlier page left in localStorage
 * @returns {Promise<{call: (method: string, ...args: any[]) => Promise<any>, close: () => Promise<void>}>}
 */
export async function openPage({ delivery, site: sections, stored = {} }) {
  const { settings, ...plain } = delivery;
  const site = { site: "wire", tracking: QUIET, delivery: { ...plain, ...settings }, ...sections };
  const worker = new Worker(new URL("page_worker.mjs", import.meta.url), { workerData: { site, stored } });
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

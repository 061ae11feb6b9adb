import { setTimeout as sleep } from "node:timers/promises";

/** Asks again and again until the answer is truthy, and returns it; after `patience` milliseconds it fails in words. */
export async function until(ask, what, patience = 20_000) {
  const end = Date.now() + patience;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > end) throw new Error(`Waited ${patience / 1000} s in vain until ${what}.`);
    await sleep(50);
  }
}

// The Web Worker: simulates visitors, and answers the views' questions about them.
// Counting happens here too. Forty thousand events never cross to the page, which stays responsive.
import { Invitations } from "./invitations.js";
import { makeLedger } from "./ledger.js";
import { engineReady } from "./made-up-visitor.js";
import { randomFrom } from "./random.js";
import { walk } from "./walk.js";

const CHUNK = 250;
// Two weeks of a fixed January, so that a seed gives the same visitors on every day.
const BEGIN_MS = Date.UTC(2026, 0, 5);
const SPAN_MS = 14 * 24 * 3600 * 1000;

let ledger = null;
let cancelled = false;

self.onmessage = async ({ data }) => {
  if (data.do === "cancel") cancelled = true;
  if (data.do === "ask") answer(data);
  if (data.do === "simulate") await simulate(data).catch((error) => post({ failed: error?.message ?? String(error) }));
};

async function simulate({ seed, visitors, site }) {
  await engineReady();
  ledger = await makeLedger();
  const began = performance.now();
  const random = randomFrom(seed);
  const invitations = new Invitations();
  let done = 0;
  while (done < visitors && !cancelled) {
    const events = [];
    for (const end = Math.min(done + CHUNK, visitors); done < end; done++) {
      const startMs = Math.round(BEGIN_MS + (SPAN_MS * (done + random.unit())) / visitors);
      const walked = walk({ site, random, seed: visitorSeed(seed, done), startMs, invitations });
      events.push(...walked.events);
      ledger.addVisitor(walked);
    }
    ledger.add(events);
    post({ progress: done, of: visitors });
    await breath();
  }
  post({ finished: done, of: visitors, cancelled, ms: performance.now() - began });
}

/** Distinct for every visitor of a run: two visitors with one seed would be one person. */
function visitorSeed(seed, index) {
  return (Math.imul(seed, 0x9e3779b1) + index) >>> 0;
}

/** Lets messages in: a cancellation, or a view's question. */
function breath() {
  return new Promise((resolve) => setTimeout(resolve));
}

function answer({ id, question, options }) {
  try {
    post({ id, answer: ledger ? ledger[question](options) : null });
  } catch (error) {
    post({ id, failed: error?.message ?? String(error) });
  }
}

function post(message) {
  self.postMessage(message);
}

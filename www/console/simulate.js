// The Web Worker: simulates visitors, and answers the views' questions about them.
// Counting happens here too. Sixty thousand events never cross to the page, which stays responsive.
import { crowd } from "./crowd.js";
import { makeLedger } from "./ledger.js";
import { engineReady } from "./made-up-visitor.js";

const CHUNK = 250;

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
  const arriving = crowd({ seed, visitors, site });
  let done = 0;
  while (done < visitors && !cancelled) {
    const events = [];
    for (const end = Math.min(done + CHUNK, visitors); done < end; done++) {
      const walked = arriving.next().value;
      events.push(...walked.events);
      ledger.addVisitor(walked);
    }
    ledger.add(events);
    post({ progress: done, of: visitors });
    await breath();
  }
  post({ finished: done, of: visitors, cancelled, ms: performance.now() - began });
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

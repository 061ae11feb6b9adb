// What stays in memory when every feature of a payload is decided: the module's memory, and what each library holds in JavaScript.
import { growthbookWith } from "../peers/growthbook.mjs";
import { provedSame } from "../support/proofs.mjs";

export function values({ experimentsNow, memory, payload, text, users: [user] }) {
  const keys = Object.keys(payload.features);
  const decideAll = (decide) => keys.map((key) => decide(key));
  const ours = (text) => {
    const engine = experimentsNow(text, { attributes: user });
    return [engine, decideAll((key) => engine.flag(key, null))];
  };
  const theirs = (text) => {
    const growthbook = growthbookWith(JSON.parse(text), user);
    return [growthbook, decideAll((key) => growthbook.getFeatureValue(key, null))];
  };
  const [engine, values] = ours(text);
  provedSame({ privateer: values, "@growthbook/growthbook": theirs(text)[1] });
  engine.free();
  const javascript = held(() => ours(copy(text)));
  return {
    privateer: memory.buffer.byteLength + javascript,
    "privateer, the module's memory": memory.buffer.byteLength,
    "@growthbook/growthbook": held(() => theirs(copy(text))),
  };
}

/** The bytes of JavaScript that `make` leaves behind while its result is alive. */
function held(make) {
  const before = used();
  const kept = make();
  const bytes = used() - before;
  // Asked for after the measurement, so that it lives until then.
  if (kept.length === 0) throw new Error("Nothing was made.");
  return bytes;
}

function used() {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** A text of its own: whoever keeps it pays for it. */
const copy = (text) => Buffer.from(text).toString();

// A million ids at once: simulating an experiment, or assigning everybody in a list.
import { growthbookSplit } from "../peers/growthbook.mjs";
import { provedSame } from "../support/proofs.mjs";
import { SPLIT } from "../support/split.mjs";
import { forEach, MILLION, newIds } from "../support/turns.mjs";

export async function subjects({ experiments }) {
  const engine = await experiments({ features: {} });
  const split = growthbookSplit(SPLIT);
  const ids = newIds(MILLION);
  const packed = new TextEncoder().encode(ids.join("\n"));
  const assignments = {
    privateer: () => engine.assignMany(SPLIT, packed),
    "privateer, from a list of texts": () => engine.assignMany(SPLIT, ids),
    "@growthbook/growthbook, its client": () => oneByOne(ids, split),
  };
  provedSame(forEach(assignments, (assign) => Array.from(assign())));
  return forEach(assignments, (assign) => (times) => {
    let last;
    for (let turn = 0; turn < times; turn += 1) last = assign();
    return last;
  });
}

function oneByOne(ids, split) {
  const variations = new Int16Array(ids.length);
  for (let place = 0; place < ids.length; place += 1) variations[place] = split(ids[place]);
  return variations;
}

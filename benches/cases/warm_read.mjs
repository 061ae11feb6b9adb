// Reading flags that are decided already, a hundred in turn: what a page does on every rendering.
import { growthbookWith } from "../peers/growthbook.mjs";
import { provedSame } from "../support/proofs.mjs";
import { forEach, inTurn } from "../support/turns.mjs";

export async function subjects({ start, experiments, payload, users: [user] }) {
  const keys = Object.keys(payload.features);
  const growthbook = growthbookWith(payload, user);
  const engine = await experiments(payload, { attributes: user });
  const page = await start({ site: { experiments: { payload }, tracking: { observe: false } }, attributes: user });
  const reads = {
    privateer: (key) => engine.flag(key, null),
    "privateer, on its page": (key) => page.flag(key, null),
    "@growthbook/growthbook": (key) => growthbook.getFeatureValue(key, null),
  };
  provedSame(forEach(reads, (read) => keys.map(read)));
  return forEach(reads, (read) => inTurn(keys, read));
}

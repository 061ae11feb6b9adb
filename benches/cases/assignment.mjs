// A new id every time, and its variation of one 50/50 experiment: what a server, an edge worker or a simulation does.
import { amplitudeSplit } from "../peers/amplitude.mjs";
import { featurevisorSplit } from "../peers/featurevisor.mjs";
import { flagdSplit } from "../peers/flagd.mjs";
import { growthbookSplit } from "../peers/growthbook.mjs";
import { optimizelySplit } from "../peers/optimizely.mjs";
import { provedHalves, provedSame } from "../support/proofs.mjs";
import { SPLIT } from "../support/split.mjs";
import { forEach, inTurn, newIds } from "../support/turns.mjs";

export async function subjects({ experiments }) {
  const engine = await experiments({ features: {} });
  const splits = {
    privateer: (id) => engine.assign(SPLIT, id),
    "@openfeature/flagd-core": flagdSplit(),
    "@amplitude/experiment-core": amplitudeSplit(),
    "@growthbook/growthbook, its client": growthbookSplit(SPLIT),
    "@featurevisor/sdk": featurevisorSplit(),
    "@optimizely/optimizely-sdk": await optimizelySplit(),
  };
  const ids = newIds(200_000);
  const some = ids.slice(0, 10_000);
  provedHalves(splits, some);
  // The others hash in ways of their own.
  const [ours, growthbook] = [splits.privateer, splits["@growthbook/growthbook, its client"]];
  provedSame({ privateer: some.map(ours), "@growthbook/growthbook": some.map(growthbook) });
  return forEach(splits, (split) => inTurn(ids, split));
}

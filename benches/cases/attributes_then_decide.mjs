// A new id every time through the visitor's attributes, then a flag: the general way to assign somebody else.
import { growthbookUntracked, growthbookWith } from "../peers/growthbook.mjs";
import { provedHalves, provedSame } from "../support/proofs.mjs";
import { SPLIT } from "../support/split.mjs";
import { forEach, inTurn, newIds } from "../support/turns.mjs";

const PAYLOAD = { features: { split: { defaultValue: "a", rules: [SPLIT] } } };

export async function subjects({ start, experiments }) {
  const [growthbook, untracked] = [growthbookWith(PAYLOAD, {}), growthbookUntracked(PAYLOAD, {})];
  const engine = await experiments(PAYLOAD);
  const page = await start({ site: { experiments: { payload: PAYLOAD }, tracking: { observe: false } } });
  const decide = {
    privateer: (id) => {
      engine.setAttributes({ id });
      return engine.flag("split", "a");
    },
    "privateer, on its page": (id) => {
      page.attributes({ id });
      return page.decide("split").value;
    },
    "@growthbook/growthbook": (id) => {
      growthbook.setAttributes({ id });
      return growthbook.getFeatureValue("split", "a");
    },
    "@growthbook/growthbook, untracked": (id) => {
      untracked.setAttributes({ id });
      return untracked.getFeatureValue("split", "a");
    },
  };
  const splits = forEach(decide, (value) => (id) => (value(id) === "b" ? 1 : 0));
  const ids = newIds(200_000);
  const some = ids.slice(0, 10_000);
  provedHalves(splits, some);
  provedSame(forEach(splits, (split) => some.map(split)));
  return forEach(splits, (split) => inTurn(ids, split));
}

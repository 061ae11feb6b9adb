// Another visitor's attributes, then the value of every feature: a login, or a server's next request.
import { growthbookUntracked, growthbookWith } from "../peers/growthbook.mjs";
import { provedSame } from "../support/proofs.mjs";
import { forEach, inTurn } from "../support/turns.mjs";

export async function subjects({ experiments, payload, users }) {
  const keys = Object.keys(payload.features);
  const engine = await experiments(payload);
  const growthbook = (instance) => (user) => {
    instance.setAttributes(user);
    return keys.map((key) => instance.getFeatureValue(key, null));
  };
  const decisions = {
    privateer: (user) => {
      engine.setAttributes(user);
      return keys.map((key) => engine.flag(key, null));
    },
    "@growthbook/growthbook": growthbook(growthbookWith(payload, {})),
    "@growthbook/growthbook, untracked": growthbook(growthbookUntracked(payload, {})),
  };
  provedSame(forEach(decisions, (decide) => users.map(decide)));
  return forEach(decisions, (decide) => inTurn(users, decide));
}

// From the payload's text to the first decision of every feature, and of three: what a new page does with what it fetched.
import { growthbookUntracked, growthbookWith } from "../peers/growthbook.mjs";
import { provedSame } from "../support/proofs.mjs";
import { forEach, inTurn } from "../support/turns.mjs";

export const subjects = ({ payload, ...world }) => firstOf(Object.keys(payload.features), world);

/** The subjects for the first decisions of these features. */
export function firstOf(keys, { experimentsNow, text, users }) {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const privateerFirst = (payload) => (user) => {
    const engine = experimentsNow(payload, { attributes: user });
    const values = keys.map((key) => engine.flag(key, null));
    engine.free();
    return values;
  };
  const decisions = {
    privateer: privateerFirst(text),
    // As they came over the network: whoever wants a text has to decode them.
    "privateer, from bytes": privateerFirst(bytes),
    "@growthbook/growthbook": growthbookFirst(growthbookWith, () => text, keys),
    "@growthbook/growthbook, from bytes": growthbookFirst(growthbookWith, () => decoder.decode(bytes), keys),
    "@growthbook/growthbook, untracked": growthbookFirst(growthbookUntracked, () => text, keys),
  };
  provedSame(forEach(decisions, (decide) => users.slice(0, 20).map(decide)));
  return forEach(decisions, (decide) => inTurn(users, decide));
}

const growthbookFirst = (growthbookFor, text, keys) => (user) => {
  const growthbook = growthbookFor(JSON.parse(text()), user);
  const values = keys.map((key) => growthbook.getFeatureValue(key, null));
  growthbook.destroy();
  return values;
};

// A new id every time, and the variation of one 50/50 experiment for it: what a server or a simulation does.
import { growthbookWith } from "../support/peers.mjs";

const RULE = {
  key: "split", seed: "split", hashAttribute: "id", hashVersion: 2,
  variations: ["a", "b"], weights: [0.5, 0.5], coverage: 1, meta: [{ key: "0" }, { key: "1" }],
};
const PAYLOAD = { features: { split: { defaultValue: "a", rules: [RULE] } } };

export async function subjects({ start }) {
  const privateer = await start({ site: { experiments: { payload: PAYLOAD } } });
  const growthbook = await growthbookWith(PAYLOAD, {});
  return {
    privateer: everyId((id) => {
      privateer.attributes({ id });
      return privateer.decide("split").value;
    }),
    "@growthbook/growthbook": everyId((id) => {
      growthbook.setAttributes({ id });
      return growthbook.getFeatureValue("split", "a");
    }),
  };
}

function everyId(assign) {
  let last = 0;
  return (times) => {
    let ones = 0;
    for (let turn = 0; turn < times; turn += 1) if (assign(`user-${last++}`) === "b") ones += 1;
    return ones;
  };
}

// Reading flags that are decided already, a hundred in turn: what a page does on every rendering.
import { growthbookWith } from "../support/peers.mjs";

export async function subjects({ start, payload, users: [user] }) {
  const keys = Object.keys(payload.features);
  const privateer = await start({ site: { experiments: { payload } }, attributes: user });
  const growthbook = await growthbookWith(payload, user);
  return {
    privateer: inTurn(keys, (key) => privateer.flag(key, null)),
    "@growthbook/growthbook": inTurn(keys, (key) => growthbook.getFeatureValue(key, null)),
  };
}

const inTurn = (keys, read) => (times) => {
  let found = 0;
  for (let turn = 0, place = 0; turn < times; turn += 1) {
    if (read(keys[place]) !== null) found += 1;
    place = place + 1 === keys.length ? 0 : place + 1;
  }
  return found;
};

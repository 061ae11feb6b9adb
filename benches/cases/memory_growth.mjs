// How far the module's memory grows while a payload is read again and again, as a page does that stays open for days.
import { provedSame } from "../support/proofs.mjs";

const RELOADS = 10_000;

export function values({ experimentsNow, memory, payload, text, users }) {
  const keys = Object.keys(payload.features);
  const decide = (engine) => keys.map((key) => engine.flag(key, null));
  const load = (number) => experimentsNow(text, { attributes: users[number % users.length] });

  let engine = load(0);
  const first = decide(engine);
  const reload = (number) => {
    // As on a page: the old one goes when the new one has come.
    const next = load(number);
    const values = decide(next);
    engine.free();
    engine = next;
    return values;
  };
  // The first reload makes room for two at a time; the second finds the room of the first text in use for smaller things.
  reload(1);
  reload(2);
  const before = memory.buffer.byteLength;
  for (let number = 1; number <= RELOADS; number += 1) reload(number);
  const grown = memory.buffer.byteLength - before;
  provedSame({ "the first time": first, "the last time": reload(0) });
  return { privateer: grown };
}

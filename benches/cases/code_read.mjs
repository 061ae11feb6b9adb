// What somebody typed: whether it is a referral code, and which one.
import { readFileSync } from "node:fs";
import { initSync, ReferralCodes } from "../../pkg/insights/insights.js";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { nanoseconds } from "../support/rounds.mjs";
import { forEach, inTurn } from "../support/turns.mjs";

/** Nanoseconds for one code. */
export async function values() {
  initSync({ module: readFileSync(inRoot("pkg", "insights", "insights_bg.wasm")) });
  const codes = new ReferralCodes({}, "neighbours");
  const written = codes.make(1_000);
  const typed = written.map((code) => `${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase());
  const wrong = written.map((code) => code.slice(0, 7) + (code.endsWith("2") ? "3" : "2"));
  if (!typed.every((text, place) => codes.normalise(text) === written[place])) throw new Error("A code is another one.");
  if (wrong.some((text) => codes.verify(text))) throw new Error("A wrong code passes.");
  const verify = (text) => codes.verify(text);
  return nanoseconds({
    privateer: inTurn(written, verify),
    "privateer, as somebody types it": inTurn(typed, verify),
    "privateer, a wrong one": inTurn(wrong, verify),
    "privateer, which code is meant": inTurn(typed, (text) => codes.normalise(text)),
  });
}

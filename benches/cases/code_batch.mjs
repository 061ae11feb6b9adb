// A thousand referral codes of eight characters, made at once. The peer has no check character and no blocked words, so ours
// are made without the words as well.
import { readFileSync } from "node:fs";
import { customAlphabet } from "nanoid";
import { BLOCKED } from "../../pkg/blocked.js";
import { initSync, ReferralCodes } from "../../pkg/insights/insights.js";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { nanoseconds } from "../support/rounds.mjs";
import { forEach } from "../support/turns.mjs";

const LENGTH = 8;
const BATCH = 1_000;

/** Nanoseconds for one code. */
export async function values() {
  initSync({ module: readFileSync(inRoot("pkg", "insights", "insights_bg.wasm")) });
  const [codes, clean] = ["", BLOCKED].map((words) => new ReferralCodes({ length: LENGTH }, "neighbours", words));
  const theirs = customAlphabet(codes.alphabet, LENGTH);
  const batches = {
    privateer: () => codes.make(BATCH),
    "privateer, none with a blocked word": () => clean.make(BATCH),
    "nanoid, customAlphabet": () => Array.from({ length: BATCH }, () => theirs()),
  };
  for (const make of Object.values(batches)) proved(new Set(make().filter((code) => code.length === LENGTH)).size === BATCH);
  proved(clean.make(BATCH).every((code) => codes.verify(code) && !clean.isBlocked(code)));
  return forEach(nanoseconds(forEach(batches, repeated)), (ns) => ns / BATCH);
}

const repeated = (make) => (times) => {
  let last;
  for (let turn = 0; turn < times; turn += 1) last = make();
  return last;
};

function proved(right) {
  if (!right) throw new Error("A code is none, or comes twice.");
}

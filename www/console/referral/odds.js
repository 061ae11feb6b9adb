// How likely it is that two codes are the same.
import { ReferralCodes } from "/pkg/insights/insights.js";
import { count, percent } from "../words.js";

const USUAL_EXPECTED = 100_000;
const TIMES = [1, 10];

/** Sentences about the odds, for the codes of a program. */
export function oddsOf({ codes = {}, program = "" }) {
  const made = new ReferralCodes(codes, String(program));
  try {
    return sentence(made, Object(codes));
  } finally {
    made.free();
  }
}

function sentence(made, { expected, kind }) {
  if (kind === "derived") return `Codes of ${made.length} characters, each made of the user’s id: no two are the same, for ${count(made.capacity)} ids.`;
  if (kind === "server") return "Your server makes the codes, and sees to it that no two are the same.";
  const many = Number.isInteger(expected) && expected > 1 ? expected : USUAL_EXPECTED;
  const odds = TIMES.map((times) => `among ${count(many * times)} of them ${chance(made.clashOdds(many * times))}`);
  const shortest = made.lengthFor(many);
  const enough = shortest && made.length < shortest ? ` ${shortest} characters would make it less than 1 in 1,000.` : "";
  return `Codes of ${made.length} characters. That any two are the same: ${odds.join(", ")}.${enough}`;
}

function chance(odds) {
  if (odds < 1e-9) return "practically never";
  return odds < 0.001 ? `1 in ${count(Number((1 / odds).toPrecision(2)))}` : percent(odds);
}

// All that is wrong with a program, each with the path of the field that it is about.
import { checkReferral } from "/pkg/insights/insights.js";
import { fromProblem } from "./path.js";

/** `[{ code, path, message }]`, in the order in which a site reads its program. */
export const problemsOf = (program) => checkReferral(program).map((problem) => ({ ...problem, path: fromProblem(problem.path) }));

const RULE = /^rewards\.rules\.(\d+)/;

/**
 * The numbers, from 1, of the rules that a site leaves out: those with a mistake, and all of them where the mistake is in what holds for all,
 * such as the currency. Nobody is paid by a guess.
 */
export function leftOut(program, problems) {
  const inRewards = problems.filter(({ path }) => /^rewards\b/.test(path)).map(({ path }) => RULE.exec(path)?.[1]);
  const rules = Array.isArray(program.rewards?.rules) ? program.rewards.rules : [];
  return [...rules.keys()].filter((place) => inRewards.includes(undefined) || inRewards.includes(String(place))).map((place) => place + 1);
}

/** A place as the form calls it, whose `label` its field has: "rewards.rules.0.tiers.1.percent" is "Rule 1, step 2, Percent". */
export function placeOf(path, label) {
  const [, rule, step, rest = ""] = /^rewards\.rules\.(\d+)(?:\.(?:tiers|steps)\.(\d+))?(?:\.(.+))?$/.exec(path) ?? [];
  if (rule === undefined) return label ?? (path || "referral");
  return [`Rule ${Number(rule) + 1}`, step && `step ${Number(step) + 1}`, label ?? rest.replaceAll("_", " ")].filter(Boolean).join(", ");
}

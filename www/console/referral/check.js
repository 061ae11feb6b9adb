// All that is wrong with a program, each with the path of the field that it is about.
import { checkReferral } from "/pkg/insights/insights.js";
import { fromProblem } from "./path.js";

/** `[{ code, path, message }]`, in the order in which a site reads its program. */
export const problemsOf = (program) => checkReferral(program).map((problem) => ({ ...problem, path: fromProblem(problem.path) }));

/** The numbers, from 1, of the rules that a site leaves out: a rule with a mistake gives nothing. */
export function leftOut(problems) {
  const rules = problems.map(({ path }) => /^rewards\.rules\.(\d+)/.exec(path)?.[1]).filter(Boolean);
  return [...new Set(rules)].map((rule) => Number(rule) + 1).sort((a, b) => a - b);
}

/** A place as the form calls it, whose `label` its field has: "rewards.rules.0.tiers.1.percent" is "Rule 1, step 2, Percent". */
export function placeOf(path, label) {
  const [, rule, step, rest = ""] = /^rewards\.rules\.(\d+)(?:\.(?:tiers|steps)\.(\d+))?(?:\.(.+))?$/.exec(path) ?? [];
  if (rule === undefined) return label ?? (path || "referral");
  return [`Rule ${Number(rule) + 1}`, step && `step ${Number(step) + 1}`, label ?? rest.replaceAll("_", " ")].filter(Boolean).join(", ");
}

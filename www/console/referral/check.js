// All that is wrong with a program, each with the path of the field that it is about.
import { checkReferral } from "/pkg/insights/insights.js";
import { fromProblem } from "./path.js";

/** `[{ code, path, message }]`, in the order in which a site reads its program. */
export const problemsOf = (program) => checkReferral(program).map((problem) => ({ ...problem, path: fromProblem(problem.path) }));

/** A place as the form calls it: "rewards.rules.0.tiers.1.percent" is "Rule 1, step 2, percent". */
export function placeOf(path) {
  const [, rule, step, rest = ""] = /^rewards\.rules\.(\d+)(?:\.(?:tiers|steps)\.(\d+))?(?:\.(.+))?$/.exec(path) ?? [];
  if (rule === undefined) return path || "referral";
  return [`Rule ${Number(rule) + 1}`, step && `step ${Number(step) + 1}`, rest].filter(Boolean).join(", ").replaceAll("_", " ");
}

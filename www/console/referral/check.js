// All that is wrong with a program, each with the path of the field that it is about.
import { checkReferral, judgeReferrals, settleRewards } from "/pkg/insights/insights.js";
import { fromProblem } from "./path.js";

/** `[{ code, path, message }]`, each mistake once. Rules of rewards and of fraud are checked by who applies them, too. */
export function problemsOf(program) {
  const found = [
    ...checkReferral(program),
    ...settleRewards(program, [], { now: 0 }).problems,
    ...judgeReferrals([], program.fraud ?? null).problems,
  ];
  const told = new Map(found.map((problem) => [`${problem.path} ${problem.message}`, problem]));
  return [...told.values()].map(({ code, path, message }) => ({ code, path: fromProblem(path), message }));
}

/** A place as the form calls it: "rewards.rules.0.tiers.1.percent" is "Rule 1, step 2, percent". */
export function placeOf(path) {
  const [, rule, step, rest = ""] = /^rewards\.rules\.(\d+)(?:\.(?:tiers|steps)\.(\d+))?(?:\.(.+))?$/.exec(path) ?? [];
  if (rule === undefined) return path || "referral";
  return [`Rule ${Number(rule) + 1}`, step && `step ${Number(step) + 1}`, rest].filter(Boolean).join(", ").replaceAll("_", " ");
}

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

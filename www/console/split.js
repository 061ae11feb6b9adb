// Whether visitors were split as planned, in words.
import { count, percent } from "./words.js";

const ENOUGH = 100;

/** `{ fair, words }`, with `check` being the insights module's test of a sample ratio. */
export function judgeSplit(rows, weights, check) {
  const visitors = rows.map((row) => row.visitors);
  const sum = visitors.reduce((a, b) => a + b, 0);
  const seen = visitors.map(count).join(" to ");
  const planned = weights.map((weight) => percent(weight / weights.reduce((a, b) => a + b, 0))).join(" to ");
  if (rows.length < 2) return { fair: true, words: "Only one variation has been seen so far." };
  if (sum < ENOUGH) return { fair: true, words: `${seen} visitors. From ${ENOUGH} visitors on, the split is checked against the plan (${planned}).` };
  if (!check(visitors, weights).mismatch) return { fair: true, words: `As planned: ${seen} visitors, for a plan of ${planned}.` };
  return {
    fair: false,
    words: `Do not trust this test yet: ${seen} visitors do not fit the plan of ${planned}. Chance does that less than once in 1,000 tests. Look for visitors lost on one side: a redirect, an error, a slow page.`,
  };
}

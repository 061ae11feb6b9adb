// How well scores foretell a goal: a curve from scores to chances, and how far chances and outcomes are apart.
import { applyPlatt, evaluate, fitPlatt } from "/pkg/insights/insights.js";

/**
 * `leads` are scored by what came before the goal. The curve is learned from the same leads that it is judged by, which flatters it a
 * little: two numbers are learned from all of them.
 * @returns {{trouble: string} | {auc, lift, bins, converted, of}}
 */
export function calibrationOf(leads) {
  const scored = leads.filter(({ total }) => total !== null);
  const outcomes = scored.map(({ converted }) => converted);
  const scores = scored.map(({ total }) => total);
  try {
    const chances = applyPlatt(fitPlatt(scores, outcomes), scores);
    const { auc, lift_at_10: lift, bins } = evaluate(chances, outcomes);
    return { auc, lift, bins: bins.filter(({ count }) => count > 0), converted: outcomes.filter(Boolean).length, of: scored.length };
  } catch ({ message }) {
    return { trouble: message };
  }
}

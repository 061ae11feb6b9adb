// Judging and calibrating predictions, as JavaScript calls it. That the numbers are right, tests/evaluate.rs shows; here they cross whole.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/shared/paths.mjs";
import { applyIsotonic, applyPlatt, evaluate, failure, fitIsotonic, fitPlatt, near } from "./support/module.mjs";

const { cases } = JSON.parse(readFileSync(inRoot("tests", "data", "evaluate", "reference.json"), "utf8"));

test("every figure is scikit-learn's", () => {
  for (const { predictions, outcomes, weights, ...wanted } of cases) {
    const found = evaluate(predictions, outcomes, weights);
    for (const name of ["auc", "brier", "log_loss", "ece", "lift_at_10", "base_rate", "n"]) near(found[name], wanted[name]);
    assert.deepEqual(found.bins.map(({ count }) => count), wanted.bins.map(({ count }) => count));
    assert.deepEqual(found.roc[0], { threshold: null, false_positive_rate: 0, true_positive_rate: 0 });
  }
});

test("outcomes may be 1 and 0, numbers may be typed, and empty bins say null", () => {
  const found = evaluate(Float64Array.of(0.9, 0.8, 0.3, 0.1), [1, 0, true, false]);
  assert.deepEqual([found.auc, found.bins.length, found.bins[5].observed_rate], [0.75, 10, null]);
  assert.deepEqual(Object.keys(found).sort(), ["auc", "base_rate", "bins", "brier", "ece", "lift_at_10", "log_loss", "n", "roc"]);
});

test("mistakes have a code and a place", () => {
  assert.deepEqual(failure(() => evaluate([], [])), [true, "empty", "predictions"]);
  assert.deepEqual(failure(() => evaluate([0.1, 1.2], [1, 0])), [true, "out-of-range", "predictions[1]"]);
  assert.deepEqual(failure(() => evaluate([0.1, NaN], [1, 0])), [true, "not-finite", "predictions[1]"]);
  assert.deepEqual(failure(() => evaluate([0.1, 0.2], [1, 1])), [true, "one-class", "outcomes"]);
  assert.deepEqual(failure(() => evaluate([0.1, 0.2], [1, 0.5])), [true, "wrong-type", "outcomes"]);
  assert.deepEqual(failure(() => evaluate([0.1, 0.2], [1, 0], [1])), [true, "length-mismatch", "weights"]);
  assert.deepEqual(failure(() => evaluate("0.5", [1])), [true, "wrong-type", "predictions"]);
  assert.deepEqual(failure(() => applyPlatt({ a: 1 }, [1])), [true, "wrong-type", "curve"]);
});

test("a calibration is plain JSON, and says the same after a journey", () => {
  const { predictions, outcomes, weights, platt, isotonic } = cases[1];
  const curve = JSON.parse(JSON.stringify(fitPlatt(predictions, outcomes, weights)));
  near(curve.a, platt.exact[0], 1e-9);
  near(curve.b, platt.exact[1], 1e-9);
  near(applyPlatt(curve, [0])[0], 1 / (1 + Math.exp(curve.b)));
  const steps = JSON.parse(JSON.stringify(fitIsotonic(predictions, outcomes, weights)));
  applyIsotonic(steps, isotonic.at).forEach((probability, place) => near(probability, isotonic.probabilities[place]));
});

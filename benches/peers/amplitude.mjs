// The engine inside Amplitude's SDKs, without anything around it.
import { EvaluationEngine } from "@amplitude/experiment-core";

// A hash of 32 bits, divided by a hundred, is below the end; half of them are below the middle.
const [MIDDLE, END] = [21_474_836, 42_949_673];
const FLAGS = [{
  key: "split",
  variants: { a: { key: "a", value: "a" }, b: { key: "b", value: "b" } },
  segments: [{
    bucket: {
      selector: ["context", "user", "user_id"],
      salt: "split",
      allocations: [{
        range: [0, 100],
        distributions: [{ variant: "a", range: [0, MIDDLE] }, { variant: "b", range: [MIDDLE, END] }],
      }],
    },
  }],
}];

export function amplitudeSplit() {
  const engine = new EvaluationEngine();
  return (id) => (engine.evaluate({ user: { user_id: id } }, FLAGS).split.key === "b" ? 1 : 0);
}

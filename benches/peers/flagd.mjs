// OpenFeature's flagd, in process. Its rules are compiled to JavaScript (`new Function`), its faster mode.
import { FlagdCore } from "@openfeature/flagd-core";

const FLAGS = {
  flags: {
    split: {
      state: "ENABLED",
      variants: { a: "a", b: "b" },
      defaultVariant: "a",
      targeting: { fractional: [["a", 50], ["b", 50]] },
    },
  },
};

export function flagdSplit() {
  const core = new FlagdCore();
  core.setConfigurations(JSON.stringify(FLAGS));
  return (id) => (core.resolveStringEvaluation("split", "a", { targetingKey: id }).value === "b" ? 1 : 0);
}

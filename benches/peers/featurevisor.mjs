// Featurevisor from a datafile as its builder writes one.
import { createInstance } from "@featurevisor/sdk";

const EVERYBODY = 100_000;
const DATAFILE = {
  schemaVersion: "2",
  revision: "1",
  segments: {},
  features: {
    split: {
      key: "split",
      bucketBy: "userId",
      variations: [{ value: "a" }, { value: "b" }],
      traffic: [{
        key: "everybody",
        segments: "*",
        percentage: EVERYBODY,
        allocation: [{ variation: "a", range: [0, EVERYBODY / 2] }, { variation: "b", range: [EVERYBODY / 2, EVERYBODY] }],
      }],
    },
  },
};

export function featurevisorSplit() {
  const instance = createInstance({ datafile: DATAFILE, logLevel: "error" });
  return (id) => (instance.getVariation("split", { userId: id }) === "b" ? 1 : 0);
}

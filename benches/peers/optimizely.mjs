// Optimizely without its events: `getVariation` decides and records nothing, the faster of its two ways.
import { createInstance, createStaticProjectConfigManager } from "@optimizely/optimizely-sdk";

const EVERYBODY = 10_000;
const DATAFILE = {
  version: "4", projectId: "1", accountId: "1", revision: "1", anonymizeIP: true, botFiltering: false,
  featureFlags: [], rollouts: [], attributes: [], audiences: [], typedAudiences: [], groups: [], events: [], variables: [],
  experiments: [{
    id: "10", key: "split", status: "Running", layerId: "20", audienceIds: [], forcedVariations: {},
    variations: [{ id: "30", key: "a", variables: [] }, { id: "31", key: "b", variables: [] }],
    trafficAllocation: [{ entityId: "30", endOfRange: EVERYBODY / 2 }, { entityId: "31", endOfRange: EVERYBODY }],
  }],
};

export async function optimizelySplit() {
  const client = createInstance({ projectConfigManager: createStaticProjectConfigManager({ datafile: JSON.stringify(DATAFILE) }) });
  await client.onReady();
  return (id) => (client.getVariation("split", id) === "b" ? 1 : 0);
}

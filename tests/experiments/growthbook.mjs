// GrowthBook's own JavaScript SDK 1.8.0, as it is and as specification 0.12.0 would have it.
import { GrowthBook } from "@growthbook/growthbook";
import { amendPayload, amendRule, withoutAncestors } from "./amended_payload.mjs";
import { amendConditions } from "./amended_conditions.mjs";
import { Documents, LaterDocuments } from "./sticky_documents.mjs";

/** What the SDK answers with, or its failure, for one question. */
const attempt = (ask) => {
  try {
    return ask();
  } catch (error) {
    return { throws: String(error) };
  }
};

/** One visitor's decisions by the SDK as it is. */
export const growthbook = (asked) => subject(asked, asked.payload, new Documents(asked.circumstances.sticky));

/**
 * The same, with the known differences taken out. Each answer comes with the names of those that counted.
 * @typedef {{ result: object, names: string[] }} Named
 * @returns {{ automatic: Named, evaluate(key: string): Named, run(experiment: object): Named, exposures(): object[], documents(): object, free(): void }}
 */
export function amendedGrowthbook(asked) {
  const [names, values] = [new Set(), new Map()];
  const differs = (name) => names.add(name);
  const attributes = attributesOf(asked);
  const documents = new LaterDocuments(asked.circumstances.sticky);
  const condition = amendConditions({ savedGroups: asked.payload.savedGroups, compat: asked.circumstances.compat }, differs);
  const given = { ...asked, attributes, documents, condition, differs, lastValue: (key) => values.get(key) };
  const payload = amendPayload(given);
  const engine = subject(asked, payload, documents, {
    // Named like what every object inherits, an experiment is forced there without anybody's wish.
    forcedVariations: withoutAncestors(asked.circumstances.forcedVariations),
    onFeatureUsage: (key, { value }) => values.set(key, value),
  });
  const named = (ask) => {
    const result = ask();
    documents.settle();
    const told = { result, names: [...names] };
    names.clear();
    return told;
  };
  return {
    // They ran when the engine was made.
    automatic: named(engine.automatic),
    evaluate: (key) => named(() => {
      if (key in {} && !Object.hasOwn(payload.features, key)) differs("a feature may be called like what every object inherits");
      return engine.evaluate(key);
    }),
    run: (experiment) => named(() => engine.run(amendRule(experiment, experiment.key, given))),
    exposures: engine.exposures,
    documents: engine.documents,
    free: engine.free,
  };
}

function subject({ attributes, circumstances }, { features, experiments, savedGroups, contextualBandits }, documents, more) {
  const { sticky, remoteGroupIds, compat, ...context } = circumstances;
  const exposures = [];
  const engine = new GrowthBook({
    ...context,
    attributes: attributesOf({ attributes, circumstances }),
    ...(sticky && { stickyBucketService: documents, stickyBucketAssignmentDocs: documents.all }),
    trackingCallback: ({ key: experiment }, { key: variation, featureId: feature }) => {
      exposures.push({ experiment, variation, feature });
    },
    ...more,
  }).initSync({ payload: { features, experiments, savedGroups, contextualBandits } });
  return {
    evaluate: (key) => attempt(() => engine.evalFeature(key)),
    run: (experiment) => attempt(() => engine.run(experiment)),
    automatic: () => ({
      // Kept in the order in which a key was first met, also as a parent's; they ran in the payload's.
      results: (experiments ?? []).map(({ key }) => engine.getAllResults().get(key)?.result).filter((result) => result?.inExperiment),
      redirect: engine.getRedirectUrl() || null,
      ...(isOverwritten(experiments ?? [], engine.getAllResults()) && { overwritten: true }),
    }),
    exposures: () => exposures,
    documents: () => structuredClone(documents.all),
    free: () => engine.destroy(),
  };
}

const attributesOf = ({ attributes, circumstances: { remoteGroupIds } }) => (
  remoteGroupIds ? { ...attributes, __gb_remoteGroupIds: remoteGroupIds } : attributes
);

// One result is kept a key: of two experiments, or an experiment and a rule, with the same key only the last one's.
function isOverwritten(experiments, results) {
  const keys = experiments.map(({ key }) => key);
  return new Set(keys).size < keys.length || keys.some((key) => (results.get(key)?.result.featureId ?? null) !== null);
}

// What a visitor was given before, and what is kept afterwards.
import { within } from "../context.mjs";
import { documentsOf } from "../sticky_service.mjs";

// [name, context, stored documents, feature key, expected result or null, expected documents]
export const stickyBucket = {
  fields: [6],
  read: ([name, context, stored, key, result, documents]) => ({
    name,
    expected: { result, documents },
    ask: (engine) => within(context, engine, (experiments) => remembered(experiments, key), { sticky: documentsOf(context, stored) }),
  }),
};

// GrowthBook's one call decides and remembers. Here evaluating only asks; reading the variation, as the page that shows
// it does, is what is remembered. The result is the one from before, as it is there.
function remembered(experiments, key) {
  const { experimentResult = null } = experiments.evaluate(key);
  experiments.variation(key);
  return { result: experimentResult, documents: experiments.stickyDocuments() };
}

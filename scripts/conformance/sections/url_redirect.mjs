// Experiments that run by themselves, and where they send the visitor.
import { within } from "../context.mjs";

// [name, context, expected list]: one entry for each exposure, in order.
export const urlRedirect = {
  fields: [3],
  read: ([name, context, expected]) => ({
    name,
    expected,
    ask: (engine) => within(context, engine, (experiments) => exposed(experiments.automatic())),
  }),
};

// Only who was assigned by hash is exposed. The address is the visitor's, the same beside every exposure, and empty,
// not null, in the suite's words when nobody is sent anywhere.
function exposed({ results, redirect }) {
  return results.filter(({ inExperiment, hashUsed }) => inExperiment && hashUsed).map(({ inExperiment, value }) => ({
    inExperiment,
    urlRedirect: value?.urlRedirect,
    urlWithParams: redirect ?? "",
  }));
}

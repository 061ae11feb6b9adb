// GrowthBook as its documentation sets it up: one instance for a page, one client for many users.
import { GrowthBook, GrowthBookClient } from "@growthbook/growthbook";

/** As a page uses it: every exposure is told to a callback. */
export function growthbookWith(payload, attributes) {
  return new GrowthBook({ attributes, trackingCallback() {} }).initSync({ payload });
}

/** Nobody is told of exposures: less work than an experiment takes. */
export function growthbookUntracked(payload, attributes) {
  return new GrowthBook({ attributes }).initSync({ payload });
}

/** Of the client's two ways to assign, the faster one. */
export function growthbookSplit(experiment) {
  const client = new GrowthBookClient().initSync({ payload: { features: {} } });
  return (id) => client.runInlineExperiment(experiment, { attributes: { id } }).variationId;
}

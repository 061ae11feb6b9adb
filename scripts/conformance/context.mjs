// GrowthBook's context, taken apart: one object there, a payload and options here. Any key may stand in any section.

const IN_PAYLOAD = ["features", "experiments", "savedGroups", "contextualBandits"];
const IN_OPTIONS = ["attributes", "url", "enabled", "qaMode", "forcedVariations", "remoteGroupIds"];
// Documents alone switch nothing on: without a service to keep them, GrowthBook neither reads them nor uses a fallback
// attribute. Only the section that has such a service asks for them; elsewhere they are rightly left out.
const OF_A_SERVICE = ["stickyBucketAssignmentDocs"];
const KNOWN = [...IN_PAYLOAD, ...IN_OPTIONS, ...OF_A_SERVICE];

/** Asks one question of an engine that was made for this context. */
export async function within(context, engine, question, more = {}) {
  const { payload, options } = taken(context);
  const experiments = await engine.experiments(payload, { ...options, ...more });
  const answer = await question(experiments);
  experiments.free();
  return answer;
}

export function taken(context) {
  const stranger = Object.keys(context).find((key) => !KNOWN.includes(key));
  if (stranger !== undefined) throw new Error(`nothing here knows what the context means by "${stranger}"`);
  return { payload: only(IN_PAYLOAD, context), options: only(IN_OPTIONS, context) };
}

const only = (keys, object) => Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)));

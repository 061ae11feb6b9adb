import { within } from "../context.mjs";

// [name, context, feature key, expected]: the whole result, in GrowthBook's shape.
export const feature = {
  fields: [4],
  read: ([name, context, key, expected]) => ({
    name,
    expected,
    ask: (engine) => within(context, engine, (experiments) => experiments.evaluate(key)),
  }),
};

import { within } from "../context.mjs";

// [name, context, experiment, value, inExperiment, hashUsed]: these three of the result, and nothing of the rest.
export const run = {
  fields: [6],
  read: ([name, context, experiment, value, inExperiment, hashUsed]) => ({
    name,
    expected: { value, inExperiment, hashUsed },
    ask: (engine) => within(context, engine, (experiments) => compared(experiments.run(experiment))),
  }),
};

const compared = ({ value, inExperiment, hashUsed }) => ({ value, inExperiment, hashUsed });

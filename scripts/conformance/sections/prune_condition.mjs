// [name, condition, known attributes, expected, saved groups?]: true, false, or what is left of the condition.
export const pruneCondition = {
  fields: [4, 5],
  read: ([name, condition, known, expected, savedGroups = {}]) => ({
    name,
    expected,
    ask: (engine) => engine.pruneCondition(condition, known, savedGroups),
  }),
};

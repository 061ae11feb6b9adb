// [name, input, expected]: the whole reduced payload.
export const reducePayload = {
  fields: [3],
  read: ([name, input, expected]) => ({ name, expected, ask: (engine) => engine.reducePayload(input) }),
};

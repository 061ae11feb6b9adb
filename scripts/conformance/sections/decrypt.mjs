// [name, encrypted, key, expected]: the text, or null when it has to fail.
export const decrypt = {
  fields: [4],
  read: ([name, encrypted, key, expected]) => ({ name, expected, ask: (engine) => engine.decrypt(encrypted, key) }),
};

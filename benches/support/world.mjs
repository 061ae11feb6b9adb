/**
 * What a case is given: the library, the wasm module's memory, a payload as text and as read, and a thousand users.
 * @param {{features?: number}} job
 * @param {(name: string) => string | Promise<string>} read a file of tests/data/experiments
 */
export async function worldOf({ features = 100 }, read, { start, experiments, experimentsNow, memory }) {
  const text = await read(`payload-${features}.json`);
  const users = JSON.parse(await read("users.json"));
  return { start, experiments, experimentsNow, memory, text, payload: JSON.parse(text), users };
}

// One number for very many decisions: it is the same in Node, in every browser and natively (tests/digest.rs), or something is wrong.
// A page imports this file, so it imports nothing.
const BASIS = [0xcbf29ce4, 0x84222325];
const PRIME_BELOW = 0x1b3; // the prime is 2^40 and this

/**
 * FNV-1a of 64 bits as hexadecimal digits, over one line for each decision: `value|source|rule|variation|bucket`, the value
 * as JSON, what is missing as nothing, a line break after each.
 * @param {Iterable<{value: unknown, source: string, rule: string, variation: number | null, bucket: number | null}>} decisions
 */
export function digest(decisions) {
  const encoder = new TextEncoder();
  let hash = BASIS;
  for (const { value, source, rule, variation, bucket } of decisions) {
    hash = fnv1a(encoder.encode(`${JSON.stringify(value)}|${source}|${rule}|${variation ?? ""}|${bucket ?? ""}\n`), hash);
  }
  return digits(hash);
}

/** Every feature of an engine, decided for every user; users one after another. */
export function* everyDecision(engine, users) {
  const features = engine.features();
  for (const user of users) {
    engine.setAttributes(user);
    for (const feature of features) yield engine.decide(feature);
  }
}

/** The hash by Fowler, Noll and Vo, in two halves of 32 bits: whole numbers of 64 bits are slow in JavaScript. */
export function fnv1a(bytes, [high, low] = BASIS) {
  for (const byte of bytes) {
    const mixed = (low ^ byte) >>> 0;
    const product = mixed * PRIME_BELOW;
    high = (Math.imul(high, PRIME_BELOW) + Math.floor(product / 2 ** 32) + (mixed << 8)) >>> 0;
    low = product >>> 0;
  }
  return [high, low];
}

export const digits = (hash) => hash.map((half) => half.toString(16).padStart(8, "0")).join("");

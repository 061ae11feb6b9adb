// What a page may tell of its visitor: all kinds of values, nested and missing ones, and now and then one of the wrong kind.
import { IDS } from "./random_users.mjs";

export const TEXTS = ["US", "us", "DE", "pro", "free", "", "0", "5", "true", "Zoë", "ZOË", "用户", "🏴‍☠️", "a.b/c", "ada@example.com", "İ", "ß", "constructor", "a constructor"];
export const VERSIONS = ["1.2.3", "v1.2.3", "1.2.3-rc.1", "1.2.3+build", "1.10.0", "1.9", "2", "10.0.0.1", "", "1..2", "٣.0.0", "20260910.1.1"];
const KINDS = ["book", "game", "Book", ""];

const item = (random) => ({
  kind: random.one(KINDS),
  price: random.below(20),
  tags: random.some(2, () => random.one(TEXTS)),
});

const pair = (random) => {
  const [a, b] = [random.below(2), random.below(2)];
  return random.percent(70) ? { a, b } : { b, a };
};

const account = (random) => ({
  name: random.one(TEXTS),
  seats: random.below(12),
  pair: pair(random),
  deep: { flag: random.percent(50), list: random.some(3, () => random.below(5)), "": "empty" },
});

/** One maker for each attribute; conditions take their operands from the same makers, so that many of them hold. */
export const ATTRIBUTES = {
  id: (random) => (random.percent(60) ? `u${random.below(25)}` : random.one(IDS)(random.below) ?? null),
  deviceId: (random) => (random.percent(70) ? `d${random.below(25)}` : random.below(40)),
  company: (random) => random.below(30) + (random.percent(20) ? 0.5 : 1),
  country: (random) => random.one(TEXTS),
  age: (random) => random.below(12) - 1,
  score: (random) => (random.below(80) - 20) / 8,
  beta: (random) => random.percent(50),
  version: (random) => (random.percent(85) ? random.one(VERSIONS) : random.one([1, 1.1, 2, 10])),
  build: (random) => random.one(VERSIONS),
  tags: (random) => random.some(4, () => random.one(TEXTS)),
  numbers: (random) => random.some(4, () => random.below(6)),
  mixed: (random) => random.some(4, () => anything(random)),
  items: (random) => random.some(3, () => item(random)),
  account,
  nothing: () => null,
};

const ANYTHING = [null, true, false, 0, 1, 5, -1.5, 1e21, 1e-7, "", "5", "true", "null", "US", "1.2.3", [], ["US"], [5], [[1]], {}, { a: 1 }, { b: 2, a: 1 }];

/** A value that fits nowhere in particular. */
export const anything = (random) => structuredClone(random.one(ANYTHING));

/** Attributes as JSON carries them. */
export function randomAttributes(random) {
  const attributes = {};
  for (const [name, make] of Object.entries(ATTRIBUTES)) {
    if (random.percent(15)) continue;
    attributes[name] = random.percent(4) ? anything(random) : make(random);
  }
  if (random.percent(5)) attributes.__gb_remoteGroupIds = random.one([["remote"], ["far", "remote"], [], "remote"]);
  return JSON.parse(JSON.stringify(attributes));
}

// Users that a hand-written list would forget.
import { randomNumbers } from "./random_numbers.mjs";

export const IDS = [
  (next) => `user-${next(1e9)}`,
  (next) => next(1e9) + 1,
  (next) => (next(1e9) + 1) / 1024,
  (next) => -next(1e6) - 1,
  (next) => (next(1e6) + 1) * 1e18,
  (next) => `Zoë-${next(1e6)}`,
  (next) => `用户${next(1e6)}`,
  (next) => `🏴‍☠️${String.fromCodePoint(0x1f600 + next(60))}${next(1e6)}`,
  (next) => `"quoted" \\ and\n${next(1e6)}`,
  () => "",
  () => 0,
  () => null,
  () => undefined,
];

const ATTRIBUTES = {
  country: (next) => ["US", "IN", "DE", "FR", "CA", "ZZ"][next(6)],
  browser: (next) => ["chrome", "firefox", "safari", "edge", ""][next(5)],
  plan: (next) => ["free", "pro", "team", "enterprise"][next(4)],
  age: (next) => next(90),
  email: (next) => `u${next(1000)}@${["example.com", "test2.com", "corp.io"][next(3)]}`,
  appVersion: (next) => `${next(6)}.${next(20)}.${next(5)}`,
  beta: (next) => next(2) === 1,
  tags: (next) => Array.from({ length: next(4) }, () => `t${next(10)}`),
  account: (next) => ({ seats: next(100), name: "acme" }),
};

/** @returns `count` users, the same for the same seed; each attribute is missing from every fifth. */
export function randomUsers(count, seed) {
  const next = randomNumbers(seed);
  return Array.from({ length: count }, (_, place) => {
    const user = { id: IDS[place % IDS.length](next) };
    for (const [name, make] of Object.entries(ATTRIBUTES)) {
      const value = make(next);
      if (next(5) > 0) user[name] = value;
    }
    return user;
  });
}

// How work grows with what it is given. By the processor's time that this process used, not by the clock: what else the machine does
// does not count.
import assert from "node:assert/strict";

/**
 * Asserts that four times as much takes well under sixteen times as long, which is what grows with the square. Straight growth is 4.
 * @param {number} size the larger one
 * @param {(size: number) => unknown} prepare what the work is given
 * @param {(given: unknown) => void} work
 */
export function assertNoSquare(size, prepare, work) {
  const [small, large] = [size / 4, size].map((each) => {
    const given = prepare(each);
    const before = process.cpuUsage();
    work(given);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  assert.ok(large < 10 * small, `${size} took ${Math.round(large / 1_000)} ms, a quarter of them ${Math.round(small / 1_000)}`);
}

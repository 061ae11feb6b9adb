// One line for every step: what, how it went, how many seconds. Steps may run side by side.
// In a terminal the last line is alive; elsewhere (a log file, CI) only long steps speak while they run.

const SIGNS = { done: "✓", failed: "✗", skipped: "–" };
const COLOURS = { done: 32, failed: 31, skipped: 33, dim: 2 };
const NAME_WIDTH = 22;
const FIRST_WORD_MS = 20_000;
const NEXT_WORD_MS = 30_000;

const out = process.stdout;
const colourful = out.isTTY && !process.env.NO_COLOR;
const running = new Set();
let timer = null;
let liveLine = false;

/** A line of its own, above the living one. */
export function say(text = "") {
  clearLive();
  out.write(`${text}\n`);
  drawLive();
}

/** Starts a step; end it with done, failed or skipped. */
export function step(name) {
  const self = { name, note: "", startedAt: performance.now(), nextWordAt: performance.now() + FIRST_WORD_MS };
  running.add(self);
  timer ??= setInterval(tick, out.isTTY ? 200 : 1000);
  const end = (how) => (note = self.note) => finish(self, how, note);
  return {
    note: (text) => { self.note = text; },
    done: end("done"),
    failed: end("failed"),
    skipped: end("skipped"),
  };
}

/** Runs `work` as a step: its result is the note, an error marks the line and goes on up. */
export async function during(name, work) {
  const line = step(name);
  try {
    const note = await work(line);
    line.done(typeof note === "string" ? note : undefined);
  } catch (error) {
    line.failed();
    throw error;
  }
}

function finish(self, how, note) {
  if (!running.delete(self)) return;
  const sign = paint(SIGNS[how], COLOURS[how]);
  say(`  ${sign} ${self.name.padEnd(NAME_WIDTH)} ${note.padEnd(40)} ${paint(seconds(self).padStart(8), COLOURS.dim)}`);
  if (running.size > 0) return;
  clearInterval(timer);
  timer = null;
}

function tick() {
  if (out.isTTY) return clearLive(), drawLive();
  for (const self of running) {
    if (performance.now() < self.nextWordAt) continue;
    self.nextWordAt = performance.now() + NEXT_WORD_MS;
    out.write(`  … ${self.name.padEnd(NAME_WIDTH)} ${self.note.padEnd(40)} ${seconds(self).padStart(8)}\n`);
  }
}

function drawLive() {
  if (!out.isTTY || running.size === 0) return;
  const words = [...running].map((self) => [self.name, self.note, seconds(self)].filter(Boolean).join("  "));
  out.write(`  … ${words.join("  ·  ")}`.slice(0, (out.columns ?? 80) - 1));
  liveLine = true;
}

function clearLive() {
  if (!liveLine) return;
  out.write("\r\x1b[2K");
  liveLine = false;
}

const seconds = (self) => `${((performance.now() - self.startedAt) / 1000).toFixed(1)} s`;
const paint = (text, code) => (colourful ? `\x1b[${code}m${text}\x1b[0m` : text);

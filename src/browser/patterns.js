// Regular expressions of conditions and addresses. They come from people, and must not hang the page.
const [NO, YES, REFUSED] = [0, 1, 2];
const LONGEST = 10_000; // longer texts are not searched: even simple patterns can take the square of their length
const PATIENCE_MS = 10;
const MOST = 1_000; // a server that reads many payloads must not keep every pattern it met

const compiled = new Map();

export function search(pattern, folded, text) {
  const regexp = compile(pattern, folded ? "i" : "");
  if (!regexp) return NO;
  if (text.length > LONGEST || (repeats(pattern) && explodes(regexp, text))) return REFUSED;
  return regexp.test(text) ? YES : NO;
}

function compile(pattern, flags) {
  const name = flags + "/" + pattern;
  if (!compiled.has(name)) {
    if (compiled.size >= MOST) compiled.clear();
    compiled.set(name, regexpOf(pattern, flags));
  }
  return compiled.get(name);
}

function regexpOf(pattern, flags) {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return null;
  }
}

// Only patterns with two repetitions or more can take longer than the text is long.
const repeats = (pattern) => /[*+{].*[*+{]/s.test(pattern);

// Whether searching this text would take too long, found out on beginnings of it, each with an end that no pattern
// expects: a pattern that tries every way to part a text shows it there, long before the whole text hangs the page.
function explodes(regexp, text) {
  for (let length = 8; length < text.length; length += length < 64 ? 4 : length >> 2) {
    const began = Date.now();
    regexp.test(`${text.slice(0, length)}\0`);
    if (Date.now() - began > PATIENCE_MS) return true;
  }
  return false;
}

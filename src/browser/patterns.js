// Regular expressions of conditions and addresses. They come from people, and must not hang the page.
const [NO, YES, REFUSED, FORGOTTEN] = [0, 1, 2, 3];
const LONGEST = 10_000; // longer texts are not searched: even simple patterns can take the square of their length
const PATIENCE_MS = 10;
const MOST = 1_000; // a server that reads many payloads must not keep every pattern it met

const numbers = new Map(); // by the pattern
const patterns = new Map(); // by the number
let last = 0;

// The number of a pattern: its text would take longer to cross than to be found in.
export function compile(pattern, folded) {
  const name = (folded ? "i/" : "/") + pattern;
  if (!numbers.has(name)) {
    if (numbers.size >= MOST) for (const map of [numbers, patterns]) map.clear();
    numbers.set(name, ++last);
    patterns.set(last, { regexp: regexpOf(pattern, folded ? "i" : ""), repeats: repeats(pattern) });
  }
  return numbers.get(name);
}

export function search(number, text) {
  const pattern = patterns.get(number);
  if (!pattern) return FORGOTTEN;
  if (!pattern.regexp || text.length > LONGEST) return NO;
  if (pattern.repeats && explodes(pattern.regexp, text)) return REFUSED;
  return pattern.regexp.test(text) ? YES : NO;
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

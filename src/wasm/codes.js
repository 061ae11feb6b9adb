// Codes cross as one text, a line each and all of one length: cutting it up takes a third of the time that split takes.
export function lines(text, count) {
  const width = ((text.length + 1) / count) | 0; // whole, and known to be
  const codes = new Array(count);
  for (let place = 0, at = 0; place < count; place += 1, at += width) codes[place] = text.slice(at, at + width - 1);
  return codes;
}

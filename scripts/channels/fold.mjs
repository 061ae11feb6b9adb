// Writes many hosts briefly, as www/harness/channel/unfold.js reads them.

/** Lines for entries whose name the host itself tells, folded by what their hosts share. */
export function folded(hosts) {
  const lines = [];
  for (let left = new Set(hosts); left.size; ) {
    const [head, tokens] = bestHead(left);
    lines.push(line(head, [...tokens]));
    for (const token of tokens) left.delete(head.replace("*", token));
  }
  return lines;
}

/** Lines for entries that their list names: the name, then the hosts. */
export function named(entries) {
  return [...grouped(entries, ({ name }) => name)].map(([name, group]) => line(name, group.map(({ host }) => host)));
}

/** What a list holds, by a key of each. */
export function grouped(list, keyOf) {
  const groups = new Map();
  for (const each of list) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
}

/** One line: spaces part it, so those within are written _; .com is common. A host that is called by itself stands alone. */
export function line(head, tokens) {
  const words = tokens.length === 1 && tokens[0] === head ? [head] : [head, ...tokens];
  return words.map((word) => word.replaceAll(" ", "_").replace(/\.com$/, ".")).join(" ");
}

// The head that leaves out the most characters.
function bestHead(hosts) {
  const tokensOf = new Map([["*", new Set(hosts)]]);
  for (const host of hosts) {
    for (const [head, token] of headsOf(host)) tokensOf.set(head, (tokensOf.get(head) ?? new Set()).add(token));
  }
  const saved = ([head, tokens]) => (head.length - 1) * tokens.size - head.length;
  return [...tokensOf].reduce((best, next) => (saved(next) > saved(best) ? next : best));
}

// Every way to leave some labels in the middle of a host: search.*.com, *.search.yahoo.com, …
function headsOf(host) {
  const labels = host.split(".");
  const heads = [];
  for (let from = 0; from < labels.length; from += 1) {
    for (let to = from + 1; to <= labels.length; to += 1) {
      const [before, token, after] = [labels.slice(0, from), labels.slice(from, to), labels.slice(to)];
      heads.push([[...before, "*", ...after].join("."), token.join(".")]);
    }
  }
  return heads;
}

// Finds a host in a list of known ones, which are spelled without www.
const BEFORE_SUFFIX = /([^.]+)(\.(com?|ne|org))?\.[^.]+$/;

/** The label before the public suffix: what a host is called where its list does not call it otherwise. */
export const labelOf = (host) => BEFORE_SUFFIX.exec(host)?.[1];

/** The host as the lists are asked for it. */
export const bare = (host) => host.replace(/^(w+\d*|m)\./, "");

/**
 * What is known of a host. A search engine is one of the listed hosts exactly, because its mail and its documents
 * search nothing; of the other kinds, every host below a listed one is meant as well.
 * @param {Map<string, {kind: string}>} known
 */
export function find(known, host, path = "") {
  // Some entries are a part of a site, such as google.com/cse: the longest path that is listed decides.
  const steps = path.split("/");
  for (const depth of [3, 2, 1]) {
    for (const spelling of spellings(bare(host))) {
      const found = known.get(spelling + steps.slice(0, depth).join("/"));
      if (found) return found;
    }
  }
  return findAbove(known, host);
}

// In the lists, {} is any country: google.{} stands for google.de and google.co.uk, {}.bing.com for cn.bing.com.
const spellings = (host) => [host, host.replace(/(\.(com?|org|net|it|edu))?\.[a-z]{2}$/, ".{}"), host.replace(/(^|\.)[a-z]{2}\./, "$1{}.")];

function findAbove(known, host) {
  const [, parent] = /\.(.+)/.exec(host) ?? [];
  const found = known.get(parent);
  return !parent || (found && found.kind !== "search") ? found : findAbove(known, parent);
}

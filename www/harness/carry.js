// A token says who the visitor is, to another domain of the site: the time, a check, the id. It is good for three minutes and in
// the browser it was made in: the check is made from the id, the time, and the browser's name, languages and time zone, so that a
// link that was passed on makes nobody else this visitor. It is no secret, and proves nothing against somebody who wants to forge it.
const GOOD_FOR_MS = 180_000;

export function carry(id, now = Date.now()) {
  const time = now.toString(36);
  return [time, check(time, id), id].join(".");
}

// The id in a token; null where there is none, where it is too old, and where it was made by another browser.
export function carried(token, now = Date.now()) {
  const [time, said, ...rest] = (token ?? "").split(".");
  const id = rest.join(".");
  const age = Math.abs(now - parseInt(time, 36));
  return id && age <= GOOD_FOR_MS && said === check(time, id) ? id : null;
}

function check(time, id) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const text = [time, id, navigator.userAgent, navigator.languages, timeZone].join("\n");
  return ["a", "b"].map((salt) => fnv(salt + text).toString(36)).join("");
}

// FNV-1a, 32 bits.
function fnv(text) {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  return hash >>> 0;
}

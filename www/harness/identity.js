// How a visitor is known again: by a first-party cookie, or by a token in the address when they come from another of the
// site's domains. Loaded where a site wants either. What the values mean is the core's affair.
import { quietly } from "./quietly.js";
import { withoutToken } from "./token.js";

// 400 days, the most that browsers keep (RFC 6265bis). Safari keeps what a script has set for 7 days, and what the server
// has set as long as it says.
const LONGEST_S = 34_560_000;

// The value of a cookie; null where there is none, or where the browser shows none. One that is HttpOnly no script can see.
export const readCookie = (name) => quietly(() => {
  const found = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
  return found === undefined ? null : decodeURIComponent(found.slice(name.length + 1));
}, null);

// Whether the browser took it. `domain` is widestDomain(), or the site's own choice; "" is this host alone.
export const writeCookie = (name, value, domain, seconds = LONGEST_S) => quietly(() => {
  const wider = domain ? `; Domain=${domain}` : "";
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${seconds}; SameSite=Lax${wider}${secure}`;
  return readCookie(name) === (seconds > 0 ? value : null);
}, false);

export const eraseCookie = (name, domain) => writeCookie(name, "", domain, 0);

const OURS = "privateer.cookie"; // in local storage: the cookie is one that a script has set

/**
 * Keeps the id in a cookie. One that the server has set lasts longer than what a script sets, in Safari, and is left alone as long
 * as it has the id. `widest` names the domain.
 */
export function keepCookie(name, id, widest) {
  const isOurs = quietly(() => localStorage.getItem(OURS) === "1", false);
  if (readCookie(name) === id && !isOurs) return;
  const domain = widest();
  // One of this host alone would be read first.
  if (!writeCookie(name, id, domain)) eraseCookie(name, "");
  quietly(() => localStorage.setItem(OURS, "1"));
}

/** Whoever set it: for the domain, and for this host alone. */
export const eraseEverywhere = (name, domain) => [domain, ""].forEach((each) => eraseCookie(name, each));

// The widest domain that takes a cookie: "example.co.uk" at www.shop.example.co.uk. Browsers know under which names anybody
// can register and refuse cookies there, so it is tried from the right. "" where only the host alone will do.
export function widestDomain() {
  if (/^[\d.]+$|:/.test(location.hostname)) return ""; // an address is part of no domain
  const labels = location.hostname.split(".");
  const domains = labels.slice(0, -1).map((_, from) => labels.slice(from).join("."));
  const probe = `privateer_${Math.random()}`; // another tab may be trying, too
  const taken = domains.findLast((domain) => writeCookie(probe, "1", domain, 10));
  if (taken) eraseCookie(probe, taken);
  return taken ?? "";
}

// Takes the token out of the address bar, before the address is described, bookmarked or passed on; null without one.
export const takeToken = () => quietly(() => {
  const { url, token } = withoutToken(location.href);
  if (token !== null) history.replaceState(history.state, "", url);
  return token ? decodeURIComponent(token) : null;
}, null);

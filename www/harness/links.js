// Links to the site's other domains take a token along that says who the visitor is. Loaded where a site names such domains.
import { isAmong } from "./hosts.js";
import { quietly } from "./quietly.js";
import { withToken } from "./token.js";

const RIGHT_BUTTON = 2;
// The keyboard's Enter is a click too. Pressing comes first, because not every browser tells of the middle button's click.
const TOUCHES = ["pointerdown", "click", "auxclick"];
// A link is given its own address back after this: long enough for handlers that are slow to read it, short enough that the
// token is not copied along.
const HELD_MS = 2000;

// Gives links to `hosts` a fresh token, page.linkToken(), when they are touched. hosts.js says what
// a host stands for. Returns a function that ends it.
export function decorateLinks(page, hosts) {
  const held = new Map(); // of each link touched of late, its own address and the one it has for now

  const ownAddress = (link) => {
    const address = link.getAttribute("href");
    return held.get(link)?.lent === address ? held.get(link).own : address;
  };
  // Where somebody else has changed the address since, it is theirs.
  const restore = (link) => {
    const { own, lent } = held.get(link);
    held.delete(link);
    if (link.getAttribute("href") === lent) link.setAttribute("href", own);
  };
  const lend = (link, token) => {
    const own = ownAddress(link);
    clearTimeout(held.get(link)?.timer);
    held.set(link, { own, lent: withToken(own.trim(), token), timer: setTimeout(restore, HELD_MS, link) });
    link.setAttribute("href", held.get(link).lent);
  };
  // What the right button opens can be copied and passed on to somebody else, so there is no token in it.
  const touch = (event) => {
    if (event.button === RIGHT_BUTTON) return;
    const link = event.composedPath().find((each) => each.matches?.("a[href], area[href]"));
    const token = link && leads(ownAddress(link), hosts) && page.linkToken();
    if (token) lend(link, token);
  };

  const listen = (event) => quietly(() => touch(event));
  for (const type of TOUCHES) addEventListener(type, listen, { capture: true, passive: true });
  return () => {
    for (const type of TOUCHES) removeEventListener(type, listen, true);
    for (const { timer } of held.values()) clearTimeout(timer);
    for (const link of [...held.keys()]) restore(link);
  };
}

// Never to this host itself, and never from https to where anybody on the way can read it.
function leads(address, hosts) {
  const { hostname, protocol } = new URL(address, document.baseURI);
  if (hostname === location.hostname || (protocol !== "https:" && protocol !== location.protocol)) return false;
  return isAmong(hostname, hosts);
}

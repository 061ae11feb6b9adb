// What the page's consent tools and the browser say about each purpose, now and on every change. Loaded on demand; what every
// page knows at once is in consent.js.
import { gpcSays } from "./consent.js";
import { watchConsentMode } from "./signals/consent_mode.js";
import { PURPOSES, together } from "./signals/purposes.js";
import { quietly } from "./quietly.js";
import { revisit } from "./signals/revisit.js";
import { watchTcf } from "./signals/tcf.js";

/**
 * Tells { experiments, analytics, marketing } at once, and whenever one of them changes: true is a yes, false a no, null a
 * question that the visitor has not answered yet, undefined no statement. Among several voices the stricter wins.
 * @param {{signals?: boolean, gpc?: boolean | "analytics"}} [settings] the section `consent` of the site definition
 * @returns a function that ends it
 */
export function watchSignals(settings, tell) {
  const watched = [];
  let told;
  let ended = false;

  const speak = () => {
    if (ended || told === undefined) return;
    const now = together([quietly(() => gpcSays(settings?.gpc), {}), ...watched.map((each) => each.says())]);
    const words = PURPOSES.map((purpose) => String(now[purpose])).join();
    if (words === told) return;
    told = words;
    quietly(() => tell(now));
  };
  const look = () => {
    for (const each of watched) quietly(each.look);
    speak();
  };

  if (settings?.signals !== false) watched.push(watchTcf(speak), watchConsentMode(speak));
  for (const each of watched) quietly(each.look);
  told = ""; // only now, so that the first word is the whole of it
  speak();
  const rest = revisit(look);
  return () => {
    ended = true;
    rest();
    for (const each of watched) quietly(each.stop);
  };
}

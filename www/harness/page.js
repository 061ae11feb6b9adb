// The page and the browser as Segment's `context` describes them, as JSON; beside it how the visitor came here. `clean` takes out
// of an address what is not for everybody, `mask` of a text.
import { stringify } from "./json.js";

export function describePage(arrival, clean, mask = (text) => text) {
  const { screen, devicePixelRatio: density, innerWidth, innerHeight } = globalThis;
  const url = clean(location.href);
  return stringify({
    arrival: { ...arrival, ...(url !== location.href && { address: location.href }) },
    page: {
      path: clean(location.pathname),
      referrer: clean(document.referrer),
      search: clean(location.search),
      title: mask(document.title),
      url,
    },
    locale: navigator.language,
    timezone: timeZone(),
    userAgent: navigator.userAgent,
    userAgentData: navigator.userAgentData, // brands, mobile, platform
    screen: { width: screen?.width, height: screen?.height, density, innerWidth, innerHeight },
  });
}

let zone;

// The first question costs the browser tens of milliseconds on a slow device, so it is asked while the page waits anyway.
export const timeZone = () => (zone ??= Intl.DateTimeFormat().resolvedOptions().timeZone);

// The page and the browser as Segment's `context` describes them, as JSON; beside it how the visitor came here. `clean` takes out
// of an address what is not for everybody, and leaves the ids of clicks where it is told so; `mask` takes it out of a text.
import { stringify } from "./json.js";

export function describePage(arrival, clean, mask) {
  const { screen, devicePixelRatio: density, innerWidth, innerHeight } = globalThis;
  const { href, search } = location;
  const url = clean(href);
  return stringify({
    arrival: {
      ...arrival,
      ...(arrival?.clicks && { tagged: { url: clean(href, true), search: clean(search, true) } }),
      ...(url !== href && { address: href }),
    },
    page: {
      path: clean(location.pathname),
      referrer: clean(document.referrer),
      search: clean(search),
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

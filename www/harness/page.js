// The page and the browser as Segment's `context` describes them, as JSON; beside it how the visitor came here. `clean` takes out
// of an address what is not for everybody.
export function describePage(arrival, clean = (url) => url) {
  const { screen, devicePixelRatio: density, innerWidth, innerHeight } = globalThis;
  return JSON.stringify({
    arrival,
    page: {
      path: location.pathname,
      referrer: document.referrer,
      search: clean(location.search),
      title: document.title,
      url: clean(location.href),
    },
    locale: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    userAgent: navigator.userAgent,
    userAgentData: navigator.userAgentData, // brands, mobile, platform
    screen: { width: screen?.width, height: screen?.height, density, innerWidth, innerHeight },
  });
}

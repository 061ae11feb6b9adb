// When things were painted, in ms since the visitor set out for the page; for a prerendered page, since it was shown.
const navigation = () => performance.getEntriesByType("navigation")[0];

export const sinceStart = (time = performance.now()) => Math.max(time - (navigation()?.activationStart ?? 0), 0);

export const untilFirstPaint = () => {
  const [entry] = performance.getEntriesByName("first-contentful-paint");
  return entry && sinceStart(entry.startTime);
};

/** Whether the page was ever in the background, where nothing is painted. */
export const wasHidden = () => document.visibilityState === "hidden" ||
  performance.getEntriesByType("visibility-state").some(({ name, startTime }) => name === "hidden" && startTime >= (navigation()?.activationStart ?? 0));

/** A map that fills with what browsers tell: marked with `elementtiming`, or among the largest that were painted. */
export function paintTimes(watch, elements) {
  const times = new Map();
  const exact = new Set();
  for (const type of ["largest-contentful-paint", "element"]) {
    if (!PerformanceObserver.supportedEntryTypes.includes(type)) continue;
    const observer = new PerformanceObserver(watch.quietly((list) => {
      for (const { element, startTime, renderTime } of list.getEntries()) {
        for (const each of elements.filter((one) => one.contains(element) && !exact.has(one))) {
          if (type === "element") exact.add(each);
          times.set(each, sinceStart(renderTime || startTime));
        }
      }
    }));
    observer.observe({ type, buffered: true });
    watch.undo(() => observer.disconnect());
  }
  return times;
}

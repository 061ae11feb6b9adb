// How far down the page was seen.
import { landmarks } from "./landmarks.js";
import { listOf } from "./settings.js";

const PANE = 0.6; // from this share of the window's height on, what scrolls inside a page that does not is its content

/** `thresholds`: percentages that are events of their own. `landmarks`: whether to name what came into view. */
export function scroll(watch, { thresholds, landmarks: wanted = true }) {
  const marks = (listOf(thresholds) ?? []).filter(Number.isFinite);
  const names = wanted ? landmarks(watch) : () => undefined;
  let pane = document.scrollingElement ?? document.documentElement;
  let [deepest, told, scrolled, planned] = [0, "", false, false];
  let passed = new Set();

  const measure = () => {
    planned = false;
    deepest = Math.max(deepest, depthOf(pane));
    for (const mark of marks.filter((each) => deepest >= each && !passed.has(each))) {
      passed.add(mark);
      watch.track("Scroll Depth Reached", { percent_scrolled: mark });
    }
  };
  watch.on(document, "scroll", ({ target }) => {
    if (isContent(target, pane)) [pane, deepest] = [target, 0];
    else if (target !== document && target !== pane) return;
    scrolled = true;
    if (!planned) watch.later(measure);
    planned = true;
  });
  watch.ends(() => {
    measure();
    const seen = { percent_scrolled: deepest, scrolled, landmarks: names() };
    if (JSON.stringify(seen) !== told) watch.conclude("Page Scrolled", seen);
    told = JSON.stringify(seen);
  });
  watch.begins(() => {
    [deepest, told, scrolled] = [0, "", false];
    passed = new Set();
    watch.later(measure);
  });
  watch.later(measure);
}

// A pixel more: browsers round.
const depthOf = ({ scrollTop, clientHeight, scrollHeight }) => Math.min(100, Math.floor((100 * (scrollTop + clientHeight + 1)) / scrollHeight));

const isContent = (target, pane) => target !== document && target !== pane && isFixed() && target.clientHeight >= PANE * innerHeight && target.scrollHeight > target.clientHeight;

const isFixed = () => document.documentElement.scrollHeight <= innerHeight + 1;

// The three-second rule: did the first screen show in time what the page is about, and what there is to do?
import { paintTimes, sinceStart, untilFirstPaint, wasHidden } from "./paint.js";
import { whenSeen } from "./seen.js";
import { numberOf } from "./settings.js";

const WITHIN_MS = 3000;
const PATIENCE_MS = 500; // for what browsers tell a little later
const SHARE = 0.5;
const HERO = ["[data-privateer-hero]", "h1"];
const ACTION = ["[data-privateer-cta]", "a[data-privateer-event],button[data-privateer-event]"];

/** `within_ms`: what "in time" means, from the moment the visitor set out for the page. */
export function screen(watch, { within_ms }) {
  const parts = { hero: first(HERO), cta: first(ACTION) };
  const elements = [...new Set(Object.values(parts).filter(Boolean))];
  if (elements.length === 0 || wasHidden()) return;
  const facts = { within: numberOf(within_ms, WITHIN_MS), looked: sinceStart(), atTop: scrollY === 0 };
  const painted = paintTimes(watch, elements);
  const inView = new Map(); // elements, and when they were first known to be in view
  const seen = whenSeen(watch, { share: SHARE, ms: 0 }, (element) => inView.set(element, sinceStart()));
  elements.forEach(seen.add);
  const verdict = (element) => (element ? judge(painted.get(element), inView.get(element), facts) : { inTime: null });
  let told = false;
  const tell = () => {
    if (!told) conclude(watch, facts.within, verdict(parts.hero), verdict(parts.cta));
    told = true;
  };
  watch.ends(tell);
  watch.wait(Math.max(facts.within - facts.looked, 0) + PATIENCE_MS, tell);
}

// The first that is shown: of alternatives, the others are hidden.
function first(selectors) {
  for (const selector of selectors) {
    const shown = [...document.querySelectorAll(selector)].find((element) => element.getClientRects().length > 0 && element.checkVisibility?.(OPAQUE) !== false);
    if (shown) return shown;
  }
  return null;
}

const OPAQUE = { opacityProperty: true, visibilityProperty: true };

/**
 * Whether an element was painted and in view in time, and when: as the browser says, else by when it was found in view,
 * which may be later than it was there. `null`: nobody can tell.
 */
function judge(painted, found, { within, looked, atTop }) {
  if (painted !== undefined) return { inTime: painted <= within, ms: painted };
  if (found <= within) return { inTime: true, ms: found };
  if (untilFirstPaint() > within) return { inTime: false };
  const lookedInTime = looked <= within;
  if (found !== undefined) return { inTime: lookedInTime ? false : null };
  if (sinceStart() < within) return { inTime: null };
  return { inTime: lookedInTime || atTop ? false : null };
}

function conclude(watch, within, hero, cta) {
  if (hero.inTime === null && cta.inTime === null) return;
  watch.conclude("First Screen Viewed", {
    within_msec: within,
    hero_in_time: hero.inTime, hero_msec: whole(hero.ms),
    cta_in_time: cta.inTime, cta_msec: whole(cta.ms),
  });
}

const whole = (ms) => (ms === undefined ? null : Math.round(ms));

// Three clicks and more in one place, faster than anything could have answered.
import { clicked } from "./clickable.js";
import { inWords, note, wayOf } from "./element.js";

const CLICKS = 3;
const WITHIN_MS = 1000;
const WITHIN_PX = 30;

export function rage(watch) {
  let streak = [];
  let calm = () => {};
  const over = () => {
    calm();
    if (streak.length >= CLICKS) tell(watch, streak);
    streak = [];
  };
  watch.on(window, "click", (event) => {
    // Keys click without a place.
    if (!event.isTrusted || event.detail === 0) return;
    const click = { x: event.clientX, y: event.clientY, time: event.timeStamp, way: wayOf(event) };
    if (!click.way) return;
    if (streak.length >= CLICKS && !goesOn(streak, click)) over();
    // Any three in a row are near each other.
    if (streak.length < CLICKS) streak = streak.filter((before) => isNear(before, click));
    streak.push(click);
    calm();
    calm = watch.wait(WITHIN_MS, over);
  });
  watch.ends(over);
}

const goesOn = (streak, click) => streak.slice(1 - CLICKS).every((before) => isNear(before, click));

const isNear = (one, other) => other.time - one.time <= WITHIN_MS && Math.hypot(one.x - other.x, one.y - other.y) <= WITHIN_PX;

function tell(watch, [{ way }, ...more]) {
  const subject = clicked(way);
  // Two clicks select a word, three a paragraph: that is reading.
  if (!subject && getSelection()?.isCollapsed === false) return;
  watch.track("Rage Click", { click_count: more.length + 1, ...inWords(watch, note(subject ?? way)) });
}

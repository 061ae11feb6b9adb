// What there is to see on a landing page beyond marked clicks and submitted forms. Loaded when the page is at rest.
import { clicks } from "./clicks.js";
import { copies } from "./copies.js";
import { dead } from "./dead.js";
import { errors } from "./errors.js";
import { exit } from "./exit.js";
import { forms } from "./forms.js";
import { impressions } from "./impressions.js";
import { navigation } from "./navigation.js";
import { rage } from "./rage.js";
import { screen } from "./screen.js";
import { scroll } from "./scroll.js";
import { speed } from "./speed.js";
import { Watch } from "./watch.js";

// Each with its switch in the section `tracking`, and the one it also depends on. Navigation is first: what the others
// record at the end of a page view comes after a page view that still waits.
const OBSERVERS = [
  [navigation, "navigation", "pageviews"],
  [rage, "rage_clicks"],
  [dead, "dead_clicks"],
  [forms, "form_steps", "forms"],
  [scroll, "scroll"],
  [impressions, "impressions"],
  [copies, "contact_copies"],
  [errors, "errors"],
  [exit, "exit_intent"],
  [screen, "first_screen"],
  [speed, "web_vitals"],
];

/**
 * Observes this page until it is stopped, unless the visitor said no.
 * `page` records: `track(name, properties)`, `page(properties)`. `before` is set on it, to hear what it is about to record.
 * `domains` are the site's other ones: where they lead is not outbound. Where it has them, `address` is that of the first page view, and `consent` and `subscribe` are asked and followed.
 */
export function observe(page, settings, domains) {
  let watch = null;
  const follow = () => {
    if (page.consent?.() !== "denied") return (watch ??= begin(page, Object(settings), domains));
    watch?.stop();
    watch = null;
  };
  const unfollow = page.subscribe?.(follow);
  follow();
  return () => {
    unfollow?.();
    watch?.stop();
    watch = null;
  };
}

function begin(page, settings, domains) {
  const watch = new Watch(page, settings, domains);
  const start = (observer, name) => watch.quietly(() => observer(watch, Object(settings[name])))();
  for (const [observer, ...names] of OBSERVERS) if (names.every(watch.isOn)) start(observer, names[0]);
  start(clicks, "autocapture"); // selectors name events of their own, also where nothing else is captured
  return watch;
}

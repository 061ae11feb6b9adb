// Google's web-vitals, a file of its own: it is loaded where speed is measured.
/*! web-vitals 6.2.3, Copyright Google LLC, Apache-2.0 */
import { onCLS, onFCP, onINP, onLCP, onTTFB } from "web-vitals";

/** `tell` hears each figure as it changes. */
export function vitals(tell) {
  for (const on of [onTTFB, onFCP, onLCP, onCLS, onINP]) on(tell, { reportAllChanges: true });
}

// Consent signals, as far as every page needs them at once. What the signals say is read by signals.js, on demand.

export const GRANTED = "granted";
export const DENIED = "denied";

/** One answer for every purpose. */
export const everything = (answer) => ({ experiments: answer, analytics: answer, marketing: answer });

/** What setConsent was given, as purposes and words; null where it is no answer. */
export function answersOf(consent) {
  const answers = typeof consent === "string" ? everything(consent) : consent ?? {};
  const words = Object.values(answers);
  return words.length && words.every((word) => word === GRANTED || word === DENIED) ? answers : null;
}

// Global Privacy Control is known without asking anybody. It only ever says no. https://www.w3.org/TR/gpc/
// `setting` is consent.gpc of the site definition: false does not heed it, "analytics" takes it as a no to analytics too.
// The purposes that it refuses, each with `no`.
export function gpcSays(setting = true, no = false) {
  if (!setting || navigator.globalPrivacyControl !== true) return {};
  return { marketing: no, ...(setting === "analytics" && { analytics: no }) };
}

// Whether it may be worth loading signals.js. A frame cannot see at a glance what its parents hold.
export const hasSignals = () =>
  parent !== window || ["__tcfapi", "dataLayer", "google_tag_data"].some((name) => name in window);

// What holds for one purpose, in the words of consent.initial. `gpc` is false or undefined; `word` is the page's own answer
// by setConsent, undefined without one; `signal` is what watchSignals told: null waits for the visitor's answer.
export function settle(initial, gpc, word, signal) {
  const says = gpc ?? word ?? signal;
  if (says === undefined) return initial;
  return says === null ? "pending" : says ? "granted" : "denied";
}

// Errors that the page's scripts did not catch: five of one page view at most, each message once.
import { tidy } from "./element.js";
import { numberOf } from "./settings.js";

const LIMIT = 5;
const LONGEST = 200;
// What no page can help: scripts of other origins that tell nothing, extensions, and a warning that browsers word as an error.
const NOISE = /^Script error\.?$|ResizeObserver loop/;
const EXTENSION = /^(chrome|moz|safari-web|safari)-extension:/;

export function errors(watch, { limit }) {
  const most = numberOf(limit, LIMIT);
  const told = new Set();
  let left = most;
  watch.begins(() => (left = most));
  const tell = (kind, error, message, file, more) => {
    const said = tidy(watch.mask(String(message ?? "").slice(0, 1000)), LONGEST);
    if (left <= 0 || told.has(said) || NOISE.test(said) || EXTENSION.test(file)) return;
    left -= 1;
    told.add(said);
    watch.later(() => watch.track("Error Occurred", { kind, error_type: error?.name, message: said, file: file && withoutQuery(watch, file), ...more }));
  };
  watch.on(window, "error", ({ target, error, message, filename, lineno, colno }) => {
    // An image that is missing is no error of a script.
    if (target === window) tell("error", error, message, filename, { line: lineno, column: colno });
  });
  watch.on(window, "unhandledrejection", ({ reason }) => tell("unhandledrejection", reason, reason?.message ?? reason, "", {}));
}

const withoutQuery = (watch, file) => watch.maskUrl(file.replace(/[?#].*/, ""));

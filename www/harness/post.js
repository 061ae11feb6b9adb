// Sends a batch. text/plain needs no preflight, which could not finish while a page is being left.
// Resolves with the HTTP status, 0 without an answer, -1 where the browser is offline; the wait asked for in ms, or ""; the trouble
// in words, if any; and what was answered.
const LONGEST_MS = 30000;
const REFUSALS = [400, 413, 422];
// A page may put its own in their place later.
const { fetch } = globalThis;

export async function post({ url, body, type = "text/plain", headers }, lasting, stop) {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { ...headers, "Content-Type": type },
      keepalive: lasting,
      signal: AbortSignal.any?.([AbortSignal.timeout(LONGEST_MS), stop]) ?? stop,
    });
    // A page that says all is well comes from a log-in wall, not from a collector: that is no answer.
    const text = await response.text();
    const wall = response.ok && text.trimStart().startsWith("<");
    const status = wall ? 0 : response.status;
    return { status, wait: milliseconds(response.headers.get("Retry-After"), response.headers.get("Date")), trouble: trouble(url, response, wall), text };
  } catch {
    const offline = navigator.onLine === false;
    return { status: offline ? -1 : 0, wait: "", trouble: offline || stop.aborted ? "" : `${url} did not answer; events wait and are sent later` };
  }
}

function trouble(url, { ok, status }, wall) {
  if (wall) return `${url} answered with a web page; events wait and are sent later`;
  if (REFUSALS.includes(status)) return `${url} refused events (${status}); the one at fault is looked for, dropped and counted`;
  return ok ? "" : `${url} did not take events (${status}); they wait and are sent later`;
}

// Retry-After is a number of seconds or a date, by the collector's clock: `sent` is what that showed, where the browser tells.
function milliseconds(retryAfter, sent) {
  if (!retryAfter) return "";
  const seconds = +retryAfter;
  const wait = isNaN(seconds) ? Date.parse(retryAfter) - (Date.parse(sent) || Date.now()) : seconds * 1000;
  return wait >= 0 ? Math.round(wait) : "";
}

// Sends a batch. text/plain needs no preflight, which could not finish while a page is being left.
// Resolves with the HTTP status, 0 without an answer, the wait asked for in ms, or "", and the trouble in words, if any.
const LONGEST_MS = 30000;
const REFUSALS = [400, 413, 422];

export async function post(url, body, leaving) {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { "Content-Type": "text/plain" },
      keepalive: Boolean(leaving),
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    // A page that says all is well comes from a log-in wall, not from a collector: that is no answer.
    const wall = response.ok && (await response.text()).trimStart().startsWith("<");
    const status = wall ? 0 : response.status;
    return { status, wait: milliseconds(response.headers.get("Retry-After")), trouble: trouble(url, response, wall) };
  } catch {
    return { status: 0, wait: "", trouble: `${url} did not answer; events wait and are sent later` };
  }
}

function trouble(url, { ok, status }, wall) {
  if (wall) return `${url} answered with a web page instead of an acknowledgement; events wait and are sent later`;
  if (REFUSALS.includes(status)) return `${url} refused events (${status}); the one at fault is looked for, dropped and counted`;
  return ok ? "" : `${url} did not take events (${status}); they wait and are sent later`;
}

// Retry-After is a number of seconds or a date.
function milliseconds(retryAfter) {
  if (!retryAfter) return "";
  const wait = Number(retryAfter) * 1000 || Date.parse(retryAfter) - Date.now();
  return wait >= 0 ? Math.round(wait) : "";
}

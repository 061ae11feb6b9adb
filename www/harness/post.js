// Sends a batch. text/plain needs no preflight, which could not finish while a page is being left.
// Resolves with the HTTP status, 0 without an answer, and the wait asked for in ms, or "".
const LONGEST_MS = 30000;

export async function post(url, body, leaving) {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { "Content-Type": "text/plain" },
      keepalive: Boolean(leaving),
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    // A page of HTML that says all is well comes from a log-in wall, not from a collector: that is no answer.
    const wall = response.ok && response.headers.get("Content-Type")?.includes("text/html");
    return { status: wall ? 0 : response.status, wait: milliseconds(response.headers.get("Retry-After")) };
  } catch {
    return { status: 0, wait: "" };
  }
}

// Retry-After is a number of seconds or a date.
function milliseconds(retryAfter) {
  if (!retryAfter) return "";
  const wait = Number(retryAfter) * 1000 || Date.parse(retryAfter) - Date.now();
  return wait >= 0 ? Math.round(wait) : "";
}

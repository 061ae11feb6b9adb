// The experiments payload from an address. A stored copy that is young enough is used at once; else the network is waited
// for; else an older copy must do. What arrives is stored for the next page, so that nothing flips within this one.
const KEY = "privateer.payload";
const DAY = 86_400;
const LONGEST_MS = 30_000; // a page waits for `timeout` only; what comes later is worth storing
const LONGEST_TEXT = 1_000_000; // events need the room more
const LONGEST_TIMER_MS = 2 ** 31 - 1; // a longer one would go off at once

// `timeout` in milliseconds, `maxAge` and `refresh` in seconds; `store()` says whether storing is allowed at this moment.
// `first` resolves with { text, stale }: null without an answer, stale for a copy older than maxAge.
// `onFresh(text, late)` is called when the first text comes late, and with `refresh` for each that differs.
export function loadPayload({ url, timeout, maxAge = DAY, refresh, store, onFresh }) {
  const address = absolute(url);
  const copy = recall(address, store);
  const young = Date.now() - copy.time < maxAge * 1000;
  let known; // what this page has
  let asking; // one request at a time: an older answer never follows a newer one
  const ask = async () => {
    asking = true;
    const text = await download(address, store);
    asking = false;
    return text;
  };
  const answer = ask();
  const tell = (text) => {
    if (text === null || text === known) return;
    const late = known === null;
    known = text;
    onFresh(text, late);
  };
  const first = Promise.race([young ? null : answer, sleep(timeout)]).then((text) => {
    known = text ?? copy.text;
    if (known === null) answer.then(tell);
    return { text: known, stale: text == null && known !== null && !young };
  });
  const again = () => asking || ask().then(tell);
  return { first, stop: refresh ? every(refresh * 1000, again) : () => {} };
}

// With "no-cache" the browser asks by ETag what its own cache holds; a header of ours would cost a preflight.
async function download(url, store) {
  try {
    const response = await fetch(url, { cache: "no-cache", signal: AbortSignal.timeout(LONGEST_MS) });
    const text = await response.text();
    // What does not begin as an object comes from a log-in wall, or is the page for missing pages.
    if (!response.ok || !/^\s*{/.test(text)) return null;
    keep(url, text, store);
    return text;
  } catch {
    return null;
  }
}

// Broken JSON is not stored, nor is anything where storage is full or denied: the next page asks again.
function keep(url, text, store) {
  try {
    JSON.parse(text);
    if (text.length <= LONGEST_TEXT && store()) localStorage.setItem(KEY, JSON.stringify({ url, time: Date.now(), text }));
  } catch {}
}

function recall(url, store) {
  try {
    const copy = store() && JSON.parse(localStorage.getItem(KEY));
    if (copy.url === url && typeof copy.text === "string") return copy;
  } catch {}
  return { text: null };
}

// Nothing is asked while nobody looks, nor from the back/forward cache.
function every(ms, work) {
  let timer;
  const pause = () => clearInterval(timer);
  const go = () => {
    pause();
    timer = setInterval(() => document.hidden || work(), Math.min(ms, LONGEST_TIMER_MS));
  };
  addEventListener("pagehide", pause);
  addEventListener("pageshow", go);
  go();
  return () => {
    pause();
    removeEventListener("pageshow", go);
  };
}

function absolute(url) {
  try {
    return new URL(url, document.baseURI).href;
  } catch {
    return url;
  }
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

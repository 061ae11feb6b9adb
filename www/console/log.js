// Reads the events that Privateer keeps in this browser's localStorage, and notices changes.
// Anybody may write there, so every entry is doubted.

const PREFIX = "privateer.event.";
const POLL_MS = 2000;

/** The events, oldest first, each with its delivery state; and how many entries could not be read. */
export function readLog(storage = window.localStorage) {
  const entries = eventKeys(storage).map((key) => readEntry(storage.getItem(key)));
  const readable = entries.filter(Boolean);
  return { events: readable, unreadable: entries.length - readable.length };
}

/** Calls back whenever the log has changed. */
export function watchLog(callback) {
  let before = fingerprint();
  const look = () => {
    const now = fingerprint();
    if (now === before) return;
    before = now;
    callback();
  };
  // Storage events come from other tabs only; the poll sees what they miss.
  addEventListener("storage", look);
  document.addEventListener("visibilitychange", look);
  setInterval(() => document.hidden || look(), POLL_MS);
}

function eventKeys(storage) {
  return Object.keys(storage).filter((key) => key.startsWith(PREFIX)).sort();
}

/** The first character is the state, the rest is the message. */
function readEntry(text) {
  try {
    const message = JSON.parse(text.slice(1));
    return isMessage(message) ? { message, delivered: text[0] === "d" } : null;
  } catch {
    return null;
  }
}

/** The least a Segment message needs to be shown and counted. */
function isMessage(message) {
  return ["messageId", "anonymousId", "type"].every((name) => typeof message?.[name] === "string");
}

/** Changes when an event is added, removed or delivered. */
function fingerprint() {
  try {
    const storage = window.localStorage;
    return eventKeys(storage).map((key) => key + storage.getItem(key)?.[0]).join();
  } catch {
    return "";
  }
}

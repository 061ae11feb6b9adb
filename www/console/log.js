// Reads the events that Privateer keeps in this browser's localStorage, and notices changes.
// Anybody may write there, so every entry is doubted.
import { readDelivery } from "./delivery.js";

// What waits lies under the name of the page that recorded it, what was delivered under its own; both end with the message id.
const KEY = /^privateer\.(event\.[^.]+|delivered)\.(.+)$/;
const DELIVERED = "privateer.delivered.";
const POLL_MS = 2000;

/** The events, oldest first, each with its delivery state; and how many entries could not be read. */
export function readLog(storage = window.localStorage) {
  const entries = eventKeys(storage).map((key) => readEntry(key, storage.getItem(key)));
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
  const id = (key) => KEY.exec(key)[2];
  return Object.keys(storage).filter((key) => KEY.test(key)).sort((a, b) => (id(a) < id(b) ? -1 : 1));
}

function readEntry(key, text) {
  try {
    const message = JSON.parse(text);
    return isMessage(message) ? { message, delivered: key.startsWith(DELIVERED) } : null;
  } catch {
    return null;
  }
}

/** The least a Segment message needs to be shown and counted. */
function isMessage(message) {
  return ["messageId", "anonymousId", "type"].every((name) => typeof message?.[name] === "string");
}

/** Changes when an event is added, removed, delivered or given up. */
function fingerprint() {
  try {
    const { delivered, dropped } = readDelivery();
    return [...eventKeys(window.localStorage), delivered, dropped].join();
  } catch {
    return "";
  }
}

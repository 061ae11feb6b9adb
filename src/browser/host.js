// What the core asks of the browser, where the answer is a text or may fail. A text goes back in two moves: how many
// bytes it has, then the bytes, into the place that was made for them. So nothing of JavaScript's crosses but numbers.
const encoder = new TextEncoder();
// A page may put its own in their place later.
const { now: present } = Date;
const { setItem, removeItem } = globalThis.Storage?.prototype ?? {};
const OURS = /^(privateer\.(?!erasing)|gbStickyBuckets__)/; // but for the note that somebody was erased
const LONG = /^privateer\.(delivered|payload)/;

let answer; // the bytes of the text that goes back next

const bytesOf = (text) => (answer = encoder.encode(text)).length;

export const take = (place) => place.set(answer);

export const print = (number, place) => encoder.encodeInto(String(number), place).written;

export const lower = (text) => bytesOf(text.toLowerCase());

export function resolve(address, base) {
  try {
    return bytesOf(new URL(address, base).href);
  } catch {
    return -1;
  }
}

// What is stored of ours, but for keys that begin so, and what may be long and is not read: a key, its value, the next key,
// with a zero between them. No JSON has one.
export function stored(except) {
  const pairs = keys().filter((key) => !key.startsWith(except) && !LONG.test(key)).map((key) => [key, localStorage.getItem(key)]);
  return bytesOf(pairs.filter((pair) => !pair.join("").includes("\0")).flat().join("\0"));
}

// Keys end with ids that sort by time. `most` is 1 or more.
export function remember(key, value, most) {
  const alike = key.slice(0, key.lastIndexOf("."));
  if (!save(key, value)) return; // what cannot be kept is not missed
  keys().filter((each) => each.startsWith(alike)).sort().slice(0, -most).forEach(erase);
}

// The number of the day in a time zone: midnights there since 1970.
const zones = {}; // making one takes a hundred times as long as asking it
export function day(time, zone) {
  try {
    return Date.parse((zones[zone] ??= new Intl.DateTimeFormat("sv", { timeZone: zone })).format(time)) / 864e5;
  } catch {
    return Math.floor(time / 864e5);
  }
}

// How much of the day is over here, in ms.
export const ofDay = (time) => time - new Date(time).setHours(0, 0, 0, 0);

export const now = () => present();

// Whether the browser stored it.
export function save(key, value) {
  try {
    (setItem ?? localStorage.setItem).call(localStorage, key, value);
    return true;
  } catch {
    return false;
  }
}

// Whether something was there.
export function erase(key) {
  const place = storage();
  const was = Boolean(place?.getItem(key));
  if (place) (removeItem ?? place.removeItem).call(place, key);
  return was;
}

export const eraseAll = (first) => [first, ...keys()].forEach(erase);

// From the secure source, where there is one.
export function fill(place) {
  try {
    crypto.getRandomValues(place);
  } catch {
    place.forEach((_, at) => (place[at] = Math.random() * 256));
  }
}

// Reading the property alone throws where storage is denied.
function storage() {
  try {
    return localStorage;
  } catch {}
}

const keys = () => Array.from(storage() ?? [], (_, place) => localStorage.key(place)).filter((key) => OURS.test(key));

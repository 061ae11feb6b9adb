// Events for which local storage has no room, in IndexedDB.
const NAME = "privateer";
const EVENTS = "events";

let opened = null;
let coming = []; // what goes into the next transaction

// Keeps an event; rejects when that cannot be.
export const spill = (key, event) => later((events) => events.put(event, key));

// Removes events; without keys, all.
export const unspill = (keys) => later((events) => (keys.length ? keys.forEach((key) => events.delete(key)) : events.clear()));

// Removes what tells of visitors who were erased.
export async function takeBack(...visitors) {
  const keys = (await readSpilled()).filter(([, event]) => visitors.some((visitor) => event.includes(visitor))).map(([key]) => key);
  if (keys.length) await unspill(keys);
}

// Writes events anew, in one transaction: what is removed meanwhile does not come back.
export async function rewrite(change) {
  const request = (await prepare()).transaction(EVENTS, "readwrite").objectStore(EVENTS).openCursor();
  await new Promise((done, fail) => {
    request.onerror = () => fail(request.error);
    request.onsuccess = () => {
      const { result: cursor } = request;
      if (!cursor) return done();
      const event = change(cursor.value);
      if (event !== cursor.value) cursor.update(event);
      cursor.continue();
    };
  });
}

// Opens the database before anything needs it: a page that is closed has no time for that.
export const prepare = () => (opened ??= open());

// Keys and events, of all pages.
export async function readSpilled() {
  try {
    // In one transaction: what another tab does between two would shift keys and events against each other.
    const [keys, events] = await inTransaction("readonly", (all) => Promise.all([answered(all.getAllKeys()), answered(all.getAll())]));
    return keys.map((key, place) => [key, events[place]]);
  } catch {
    return [];
  }
}

// What comes in one turn goes into one transaction.
function later(act) {
  const acts = coming.push(act);
  if (acts > 1) return coming.done;
  coming.done = prepare().then(() => inTransaction("readwrite", (events) => {
    const due = coming;
    coming = [];
    due.forEach((each) => each(events));
  }));
  coming.done.catch(() => (coming = []));
  return coming.done;
}

async function inTransaction(mode, act) {
  const transaction = (await prepare()).transaction(EVENTS, mode);
  const answer = act(transaction.objectStore(EVENTS));
  // The browser need not wait for more: the page may be gone the next moment.
  if (mode === "readwrite") transaction.commit?.();
  await new Promise((done, fail) => Object.assign(transaction, { oncomplete: done, onerror: () => fail(transaction.error), onabort: () => fail(transaction.error) }));
  return answer;
}

function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(EVENTS);
  const database = answered(request).then((database) => {
    // Somebody wants to delete it: that must not wait for us.
    database.onversionchange = database.onclose = () => {
      database.close();
      opened = null;
    };
    return database;
  });
  database.catch(() => (opened = null));
  return database;
}

const answered = (request) => new Promise((done, fail) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
});

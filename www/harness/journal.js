// Whose events are whose to deliver. A page keeps what it recorded under a name of its own and holds a lock of that name. The
// browser frees the lock when the page is gone, however that came; whoever gets it then adopts what the page left.
import { parse } from "./json.js";
import { quietly } from "./quietly.js";
import { spillage, spilled } from "./spillage.js";

const LOCK = "privateer.";
const EVENT = /^privateer\.event\.([^.]+)\./;
const ownerOf = (key) => EVENT.exec(key)?.[1];
const OLD = /^privateer\.event\.[^.]+$/; // see migrate.js
const ALIVE = "privateer.alive.";
const ERASING = "privateer.erasing";
// Without locks (on pages without TLS) a page says every 15 seconds that it is there, and is gone after a minute of silence.
const BEAT_MS = 15000;
const SILENCE_MS = 60000;

export class Journal {
  name = newName();
  #adopt; // takes keys and messages, and whether they come from where spilled ones are
  #storage;
  #stop = new AbortController();
  #free = [];
  #known = new Set(); // whose locks are ours or asked for
  #mirrored = new Set(); // what is in both storages
  #later = 0; // the timer that looks again for who fell silent

  constructor(storage, adopt) {
    this.#storage = storage;
    this.#adopt = adopt;
  }

  // Makes the name ours. Nothing may be recorded before, or somebody could take us for gone.
  async hold() {
    try {
      await this.#lock(this.name);
    } catch {
      this.#beat();
    }
    if (this.#storage?.getItem(ERASING)) this.#readSpilled();
  }

  // Adopts what pages that are gone left; of pages that are still there, as soon as they are gone.
  async adoptAll() {
    if (this.#keys().some((key) => OLD.test(key))) await import("./migrate.js").then(({ migrate }) => migrate(this.#storage)).catch(() => {});
    const found = [...this.#keys(), ...(await this.#readSpilled()).map(([key]) => key)];
    for (const owner of new Set(found.map((key) => ownerOf(key)))) {
      if (owner && owner !== this.name) this.#adoptFrom(owner);
    }
  }

  // Whether so many events of this page are in local storage.
  has(events) {
    return this.#keysOf(this.name).length >= events;
  }

  #keys() {
    return Object.keys(this.#storage ?? {});
  }

  #keysOf(owner) {
    return this.#keys().filter((key) => ownerOf(key) === owner);
  }

  // Puts what waits where spilled events are, too: browsers write local storage to their disk late (Chromium after some 5 s), and
  // one that is killed in an outage would lose what it should keep for a long time.
  async mirror() {
    const { spill } = await spillage();
    for (const key of this.#keysOf(this.name)) {
      const event = this.#storage.getItem(key);
      if (!isEvent(key, event)) continue;
      const mark = key + event.length; // a report of losses is written anew
      if (!this.#mirrored.has(mark)) spill(key, event).catch(() => {});
      this.#mirrored.add(mark);
    }
  }

  // The page is gone. Others need not wait until it has been silent for long.
  close() {
    this.#silence();
  }

  // Removes what this page stored: it is somebody's who is to be forgotten.
  clear() {
    for (const key of this.#keysOf(this.name)) this.#storage.removeItem(key);
  }

  // Whose spilled events are to go, until that is done: should the page be gone before, the next one does it.
  erasing(visitor) {
    quietly(() => this.#storage.setItem(ERASING, [this.#storage.getItem(ERASING), visitor].join(" "))); // or nothing can be stored, nor was it
  }

  // It is done; unless somebody else was erased meanwhile.
  erased(visitor) {
    if (this.#storage?.getItem(ERASING)?.endsWith(visitor)) this.#storage.removeItem(ERASING);
  }

  async #readSpilled() {
    const erased = this.#storage?.getItem(ERASING) ?? "";
    if (!(await spilled())) return this.erased(erased), [];
    const { readSpilled, takeBack } = await spillage();
    if (erased) await takeBack(...erased.trim().split(" ")).then(() => this.erased(erased));
    return readSpilled();
  }

  // Lets go of everything: the page is put aside, and may never wake up. Afterwards it goes by another name.
  release() {
    this.#stop.abort();
    this.#free.forEach((free) => free());
    this.#silence();
    this.#free = [];
    this.#known.clear();
    this.#stop = new AbortController();
    this.name = newName();
  }

  // Resolves when the lock is ours; it stays so until it is freed, or the page is gone.
  #lock(name) {
    const { signal } = this.#stop;
    return new Promise((done, fail) => {
      const held = () => new Promise((free) => done(this.#free.push(free)));
      navigator.locks.request(LOCK + name, { signal }, held).catch(fail);
    });
  }

  async #adoptFrom(owner) {
    if (this.#known.has(owner)) return;
    this.#known.add(owner);
    try {
      await this.#lock(owner);
    } catch (error) {
      if (error?.name === "AbortError" || !this.#isSilent(owner)) {
        this.#known.delete(owner);
        if (error?.name !== "AbortError") this.#lookLater();
        return;
      }
    }
    // Read only now: until the lock was ours, the other page went on.
    const elsewhere = await this.#readSpilled();
    const spilled = elsewhere.filter(([key]) => ownerOf(key) === owner);
    const other = new Map(spilled);
    // What lies in both storages and is damaged in this one is sound in the other.
    const sound = (key, event) => (other.has(key) && !isEvent(key, event) ? other.get(key) : event);
    this.#adopt(this.#keysOf(owner).map((key) => [key, sound(key, this.#storage.getItem(key))]), false);
    this.#adopt(spilled, true);
  }

  // However many pages are there without locks: one look for all of them.
  #lookLater() {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.adoptAll(), SILENCE_MS);
  }

  #beat() {
    const key = ALIVE + this.name;
    // Where it is full, others take us for gone, and copies are told apart by their ids.
    const beat = () => quietly(() => this.#storage.setItem(key, Date.now()));
    beat();
    const timer = setInterval(beat, BEAT_MS);
    this.#free.push(() => clearInterval(timer));
  }

  #silence() {
    this.#storage?.removeItem(ALIVE + this.name);
  }

  #isSilent(owner) {
    return !(Math.abs(Date.now() - this.#storage?.getItem(ALIVE + owner)) < SILENCE_MS);
  }
}

const isEvent = (key, text) => quietly(() => key.endsWith(`.${parse(text).messageId}`), false);

const newName = () => Math.random().toString(36).slice(2, 12);

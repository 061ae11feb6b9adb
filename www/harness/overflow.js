// What finds no room in local storage, or waits through an outage, lies in IndexedDB. Nothing here fails: what cannot be kept is told.
import { spillage, spilled } from "./spillage.js";

export class Overflow {
  isUsed = false; // by this page
  isLossy = false; // some events found no room anywhere
  #journal;
  #refused; // told when this browser refuses to store

  constructor(journal, refused) {
    this.#journal = journal;
    this.#refused = refused;
  }

  keep(key, event) {
    this.isUsed = true;
    spillage().then(({ spill }) => spill(key, event)).catch(() => {
      this.isLossy = true;
      this.#refused();
    });
  }

  // Without keys, everything. What this page keeps itself may not be there yet: it is not asked for.
  async remove(keys) {
    if (this.isUsed || (await spilled())) await quietly(({ unspill }) => unspill(keys));
  }

  // Everything of somebody who is to be forgotten; should the page be gone before that is done, the next one does it.
  async erase(visitor) {
    this.#journal.erasing(visitor);
    await this.remove([]);
    this.#journal.erased(visitor);
  }

  // What this page kept of somebody who was erased elsewhere.
  takeBack(visitor) {
    if (this.isUsed) quietly(({ takeBack }) => takeBack(visitor));
  }

  // What waits through an outage lies in both storages, and is taken out of both.
  mirror() {
    this.isUsed = true;
    this.#journal.mirror().catch(() => {});
  }

  // Local storage refused: a page that is closed has no time to open the other.
  prepare() {
    quietly(({ prepare }) => prepare());
  }
}

// What does not succeed was never there.
const quietly = (work) => spillage().then(work).catch(() => {});

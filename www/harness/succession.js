// One visitor after another. Another tab erased the one that this tab has: what this tab stored of them must not come back, and
// whoever the other tab left has their place: a new visitor, or, where only ours was erased, nobody.
import { object } from "./json.js";
import { sleep } from "./pause.js";

export const VISITOR = "privateer.visitor";

const OURS = /^(privateer\.|gbStickyBuckets__)/;

// News of a successor may come late, or be under way where the successor is stored already: only a long silence says that there is none.
const LOOKS_MS = [50, 100, 200, 400];

const idIn = (visitor) => object(visitor).anonymousId;

export class Succession {
  heir = null; // the successor, as another tab wrote it last
  #erased = 0; // whom another tab erased
  #storage;
  #overflow;

  // Where nothing can be stored, there is nothing to look at.
  constructor(storage, overflow) {
    this.#storage = Object(storage);
    this.#overflow = overflow;
  }

  // Another tab wrote a visitor, or erased one (null). What a tab writes back that has not heard yet is no successor.
  hear(visitor) {
    if (idIn(visitor) !== this.#erased) this.heir = visitor;
  }

  // Resolves when the successor is known, or after a silence that is long enough for a no. What the other tab wrote decides before
  // what is stored: until the news came, an answer may have written the erased one back.
  async settle(erased) {
    this.#erased = erased;
    for (const ms of LOOKS_MS) {
      if (!this.heir) await sleep(ms);
      if (!this.heir) this.hear(this.#storage[VISITOR]);
    }
  }

  // Removes what this tab stored of the one who was erased, and gives their place to the successor, if there is one.
  takeBack() {
    const storage = this.#storage;
    const erased = this.#erased;
    if (!erased) return;
    const isBack = storage[VISITOR]?.includes(erased);
    for (const key of Object.keys(storage)) {
      if (OURS.test(key) && (key + storage[key]).includes(erased)) storage.removeItem(key);
    }
    if (this.heir && isBack) storage.setItem(VISITOR, this.heir);
    this.#overflow.takeBack(erased);
  }
}

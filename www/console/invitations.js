// Invitations that simulated visitors have passed on: whose link a friend comes by.

const DAY_MS = 24 * 3600 * 1000;
/** A friend follows a link after so long, on average; times are spread exponentially. */
const MEAN_DELAY_MS = 2 * DAY_MS;

export class Invitations {
  #sent = [];

  /** `{ code, atMs, mailbox }`; later ones come later. Who passes a link on twice is followed twice as often. */
  add(invitation) {
    this.#sent.push(invitation);
  }

  /** The invitation that a friend who comes now was sent a while ago; any one where none is so old, null where there is none. */
  followed(random, nowMs) {
    const sentMs = nowMs + MEAN_DELAY_MS * Math.log(1 - random.unit());
    const place = this.#before(sentMs) - 1;
    return this.#sent[place < 0 ? Math.floor(random.unit() * this.#sent.length) : place] ?? null;
  }

  /** How many were sent by then: they are in order of time. */
  #before(timeMs) {
    let [low, high] = [0, this.#sent.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sent[middle].atMs <= timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

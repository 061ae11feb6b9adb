// Batches under way. The engine writes Segment's format; another one, or a page's own hook, takes the messages apart again.
import { post } from "./post.js";

export class Sender {
  encoder = null; // { encode, read? }, where events are sent in another format
  beforeSend = null; // the page's own last look at a message: what it answers is sent, and nothing if it answers nothing
  #requests = new Set();
  #stop = new AbortController();

  // Resolves when every request that is under way now has been answered.
  settled = () => Promise.all(this.#requests);

  get busy() {
    return this.#requests.size > 0;
  }

  // `hear` is told what became of the batch.
  send(url, batch, body, lasting, hear) {
    const request = this.#exchange(url, body, lasting).then((answer) => {
      this.#requests.delete(request);
      hear(batch, answer);
    });
    this.#requests.add(request);
  }

  // What was sent without permission is called back as far as that is possible.
  abort() {
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  async #exchange(url, body, lasting) {
    const stop = this.#stop.signal;
    if (!this.encoder && !this.beforeSend) return post({ url, body }, lasting, stop);
    const { batch, sentAt, writeKey } = JSON.parse(body);
    const messages = this.beforeSend ? batch.map((message) => this.#look(message)) : batch;
    const kept = messages.filter(Boolean);
    const withheld = batch.filter((_, place) => !messages[place]).map(({ messageId }) => messageId);
    if (!kept.length) return { status: 200, withheld };
    const request = this.encoder?.encode(kept, { url, writeKey, sentAt, leaving: lasting }) ?? { url, body: JSON.stringify({ batch: kept, sentAt, writeKey }) };
    const answer = await post({ url, ...request }, lasting, stop);
    return { ...answer, ...this.#verdicts(answer, kept), withheld };
  }

  // A hook that fails keeps nothing back: what it was to take out, nobody knows.
  #look(message) {
    try {
      const seen = this.beforeSend(message);
      return seen && { ...seen, messageId: message.messageId };
    } catch (error) {
      console.error(error);
      return message;
    }
  }

  #verdicts({ status, text }, messages) {
    const verdicts = Object.entries(this.encoder?.read?.(status, text, messages) ?? {});
    const ids = (wanted) => verdicts.filter(([, verdict]) => verdict === wanted).map(([id]) => id);
    return { again: ids("retry"), never: ids("drop") };
  }
}

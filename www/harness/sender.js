// Batches under way.
import { post } from "./post.js";

const TAINTED = /"marketing":true/;

export class Sender {
  recode = null; // see recode.js, where events are sent in another format than the engine's
  #requests = new Set();
  #stop = new AbortController();

  // Resolves when every request that is under way now has been answered.
  settled = () => Promise.all(this.#requests);

  get busy() {
    return this.#requests.size > 0;
  }

  // `hear` is told what became of the batch. With `withdrawn` it may hold what the visitor allowed once, and no more.
  send(url, batch, body, { lasting, leaving, withdrawn }, hear) {
    const { signal } = this.#stop;
    const by = (request) => post(request, lasting, signal);
    const go = (told) => this.recode?.(url, told, { lasting, leaving }, by) ?? by({ url, body: told }).then((answer) => results(answer, told));
    const answered = withdrawn && TAINTED.test(body) ? import("./withdraw.js").then(({ cleaned }) => go(cleaned(body))) : go(body);
    // Whatever went wrong here, the events wait and are sent later.
    const request = answered.catch(() => ({ status: 0 })).then((answer) => {
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
}

// Some collectors say of each event what became of it.
async function results(answer, body) {
  return /"results"/.test(answer.text) ? { ...answer, ...(await import("./recode.js")).resultsIn(answer, body) } : answer;
}

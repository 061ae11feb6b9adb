// The views' answers for simulated visitors: the page's end of the worker.

export class SimulatedSource {
  simulated = true;
  /** What the last run was, or null: `{ seed, done, of, running, cancelled, ms }`. */
  run = null;
  #worker = null;
  #waiting = new Map();
  #lastId = 0;

  /** Starts a run, ending the one before. `changed` is called after every step. Resolves at the end; rejects with a sentence. */
  simulate({ seed, visitors, site }, changed) {
    this.#end("A new simulation has begun.");
    this.run = { seed, done: 0, of: visitors, running: true, cancelled: false, ms: 0 };
    return new Promise((resolve, reject) => {
      const fail = (reason) => {
        this.#end(reason);
        this.run = null;
        reject(new Error(reason));
      };
      this.#worker = new Worker("/console/simulate.js", { type: "module" });
      this.#worker.onerror = (event) => fail(event.message || "Its worker could not be loaded; the engine may not be built yet");
      this.#worker.onmessage = ({ data }) => {
        if ("id" in data) return this.#settle(data);
        if (data.failed) return fail(data.failed);
        Object.assign(this.run, progressOf(data));
        changed();
        if ("finished" in data) resolve();
      };
      this.#worker.postMessage({ do: "simulate", seed, visitors, site });
    });
  }

  /** Stops after the current chunk; what has been simulated stays. */
  cancel() {
    this.#worker?.postMessage({ do: "cancel" });
  }

  ask(question, options) {
    if (!this.#worker) return Promise.resolve(null);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ do: "ask", id, question, options });
    });
  }

  #settle({ id, answer, failed }) {
    const { resolve, reject } = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (failed) reject(new Error(failed));
    else resolve(answer);
  }

  #end() {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { resolve } of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }
}

function progressOf(data) {
  if ("finished" in data) return { done: data.finished, running: false, cancelled: data.cancelled, ms: data.ms };
  return { done: data.progress };
}

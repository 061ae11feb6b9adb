// events.ndjson: one event a line, each messageId once, also across restarts.
import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";

export class EventStore {
  #file;
  #ids;
  #turn = Promise.resolve();

  /** Reads the ids that are there already. */
  static async open(folder) {
    await mkdir(folder, { recursive: true });
    const store = new EventStore();
    store.path = join(folder, "events.ndjson");
    store.#file = await open(store.path, "a+");
    const text = await readFile(store.path, "utf8");
    store.#ids = new Set(text.split("\n").map(messageIdIn).filter(Boolean));
    // A crash can leave half a line; what comes next starts on a new one.
    if (text !== "" && !text.endsWith("\n")) await store.#file.appendFile("\n");
    return store;
  }

  get size() {
    return this.#ids.size;
  }

  /**
   * Writes the messages that are new. Resolves when they are on the disk, so that an answer is a promise kept.
   * @returns {Promise<{added: number, repeated: number}>}
   */
  add(messages, { receivedAt, sentAt }) {
    const written = this.#turn.then(() => this.#write(messages, { receivedAt, sentAt }));
    this.#turn = written.catch(() => {});
    return written;
  }

  async #write(messages, times) {
    const fresh = new Map();
    for (const message of messages) {
      if (!this.#ids.has(message.messageId) && !fresh.has(message.messageId)) fresh.set(message.messageId, { ...message, ...times });
    }
    if (fresh.size > 0) {
      await this.#file.appendFile([...fresh.values()].map((event) => `${JSON.stringify(event)}\n`).join(""));
      await this.#file.datasync();
    }
    for (const id of fresh.keys()) this.#ids.add(id);
    return { added: fresh.size, repeated: messages.length - fresh.size };
  }

  /** Every event on the disk, oldest first. */
  async events() {
    await this.#turn;
    const lines = (await readFile(this.path, "utf8")).split("\n");
    return lines.map(parse).filter((event) => event?.messageId);
  }

  async close() {
    await this.#turn;
    await this.#file.close();
  }
}

const messageIdIn = (line) => parse(line)?.messageId;

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

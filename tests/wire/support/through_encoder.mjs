// Stands in for the page build's own use of encoders: what the core sends as Segment's batch goes out in another form, and
// results of single events come back as answers that the core understands. Everything else (when, how often, how long to
// wait, what is kept) is the core's and post.js's.

// `settled`: what became of events that need not be sent again although the rest of their batch does.
export function throughEncoder({ encode, read }, url, settings = {}) {
  const send = globalThis.fetch;
  const settled = new Map();
  let tries = { attempt: 0 };
  globalThis.fetch = (address, options) => (String(address) === url ? deliver(options) : send(address, options));

  async function deliver(options) {
    const { batch, sentAt, writeKey } = JSON.parse(options.body);
    const messages = batch.filter(({ messageId }) => !settled.has(messageId));
    if (messages.length === 0) return verdict(batch);
    tries = { requestId: crypto.randomUUID(), createdAt: sentAt, ...tries, attempt: tries.attempt + 1 };
    const request = encode(messages, { url, writeKey, sentAt, settings, leaving: options.keepalive, ...tries });
    const response = await send(request.url, { ...options, body: request.body, headers: { "Content-Type": request.type, ...request.headers } });
    return understood(response, await response.text(), messages, batch);
  }

  function understood({ status, headers }, text, messages, batch) {
    const results = read?.(status, text, messages);
    for (const [id, word] of Object.entries(results ?? {})) if (word !== "retry") settled.set(id, word);
    if (results && Object.values(results).includes("retry")) return new Response("", { status: 503, headers });
    if (status < 300 || results || [400, 413, 422].includes(status)) tries = { attempt: 0 };
    return results ? verdict(batch) : new Response(text, { status, headers });
  }

  // The core knows one answer for a batch; where events of it fared differently, it halves until each stands alone.
  function verdict(batch) {
    const taken = batch.every(({ messageId }) => settled.get(messageId) === "ok");
    return new Response("", { status: taken ? 200 : 422 });
  }
}

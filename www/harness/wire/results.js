// What became of each event, where a collector says so: { "results": { "<messageId>": "ok" | { "result": "ok" } } }.
const WORDS = { retry: "retry", drop: "drop", limited: "drop" };

// A word from a later version of a protocol, and an event that is not named, count as taken: to send those again would
// repeat them for ever.
export function resultsIn(text, messages) {
  const results = parse(text)?.results;
  if (typeof results !== "object" || results === null) return undefined;
  return each(messages, (id) => WORDS[results[id]?.result ?? results[id]] ?? "ok");
}

export const each = (messages, word) => Object.fromEntries(messages.map(({ messageId }) => [messageId, word(messageId)]));

export function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

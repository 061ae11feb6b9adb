// The lead score of a visitor in the log: the events are played to the engine again.
// The record of the page is its own business; a replay with the same rules comes to the same result.
import initEngine, { Visitor } from "/pkg/privateer.js";

/** The score and code of the visitor with these messages, which are in order of time. */
export async function scoreOf(messages, site) {
  await initEngine();
  const start = Date.parse(messages[0].timestamp) || 0;
  const visitor = Visitor.simulated(site, JSON.stringify(facts(messages)), 1, start);
  try {
    // The engine notes the first page view by itself.
    const first = messages.find(({ type }) => type === "page");
    for (const message of messages) if (message !== first) play(visitor, message);
    // Events are kept only with consent, and with consent everybody has a code. Which one, the log does not say.
    return { score: JSON.parse(visitor.score()), code: JSON.parse(visitor.referral()).code };
  } finally {
    visitor.free();
  }
}

function facts(messages) {
  const page = messages.find((message) => message.context?.page)?.context.page ?? {};
  return { url: page.url ?? "https://example.com/", referrer: page.referrer ?? "", title: page.title ?? "", locale: "en", timezone: "UTC", userAgent: "", viewport: [0, 0] };
}

function play(visitor, { type, event, name, userId, traits, properties, timestamp }) {
  visitor.set_now(Date.parse(timestamp) || 0);
  // A code in the address is noted by itself, too.
  if (type === "track" && event !== "Referral Captured") visitor.track(String(event), JSON.stringify(properties ?? {}));
  if (type === "page") visitor.page(JSON.stringify({ ...properties, ...(name && { name }) }));
  if (type === "identify") visitor.identify(String(userId ?? ""), JSON.stringify(traits ?? {}));
}

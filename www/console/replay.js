// The lead score of a visitor in the log: the events are played to the engine again.
// The record of the page is its own business; a replay with the same rules comes to the same result.
import { engineReady, MadeUpVisitor } from "./made-up-visitor.js";

/** The score and code of the visitor with these messages, which are in order of time. */
export async function scoreOf(messages, site) {
  await engineReady();
  const visitor = new MadeUpVisitor({ site, ...opening(messages), seed: 1, nowMs: timeOf(messages[0]) });
  try {
    // The engine notes the first page view by itself.
    const first = messages.find(({ type }) => type === "page");
    for (const message of messages) if (message !== first) play(visitor, message);
    // Events are kept only with consent, and with consent everybody has a code. Which one, the log does not say.
    return { score: visitor.score(), code: visitor.code() };
  } finally {
    visitor.free();
  }
}

/** The page the visitor opened first. An entry that names no usable address gets one. */
function opening(messages) {
  const page = messages.find((message) => message.context?.page)?.context.page ?? {};
  return { address: URL.canParse(page.url) ? page.url : location.origin, referrer: page.referrer, title: page.title };
}

function play(visitor, message) {
  const { type, event, userId, traits, properties } = message;
  visitor.setClock(timeOf(message));
  // A code in the address is noted by itself, too.
  if (type === "track" && event !== "Referral Captured") visitor.track(String(event), properties ?? {});
  if (type === "page") visitor.page(properties ?? {});
  if (type === "identify") visitor.identify(String(userId ?? ""), traits ?? {});
}

function timeOf({ timestamp }) {
  return Date.parse(timestamp) || 0;
}

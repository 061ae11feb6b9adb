// One simulated visitor walks over the landing page, through the same engine as a real one.
import { arrivalFrom, behaviour } from "./model.js";

const PAGE = "https://hushmoor.example/";

/**
 * Returns the visitor's events, score and own code. `codes` are those that earlier visitors passed on;
 * this visitor may come with one of them, and may add an own one.
 */
export function walk({ Visitor, site, random, seed, startMs, codes }) {
  const source = arrivalFrom(random);
  const visitor = Visitor.simulated(site, JSON.stringify(facts(source, random, codes)), seed, startMs);
  try {
    let clock = startMs;
    const after = (ms) => visitor.set_now((clock += ms));
    // The page view is recorded by itself, as on the page.
    const headline = Math.max(0, visitor.variation("hero"));
    visitor.variation("signup");
    act(visitor, after, behaviour(random, source, headline), seed);
    const { code } = JSON.parse(visitor.referral());
    const events = JSON.parse(visitor.take_events());
    if (code && events.some(isShare)) codes.push(code);
    return { events, score: JSON.parse(visitor.score()), code };
  } finally {
    visitor.free();
  }
}

function facts(source, random, codes) {
  // The first friends find no code to come with. They stay friends at heart, so that the model's rates hold.
  const code = source.name === "friend" && codes.length ? codes[Math.floor(random.unit() * codes.length)] : null;
  const query = code ? `ref=${code}` : source.query;
  return {
    url: query ? `${PAGE}?${query}` : PAGE,
    referrer: source.referrer,
    title: "Hushmoor",
    locale: "en",
    timezone: "UTC",
    userAgent: "Simulated visitor",
    viewport: random.chance(0.6) ? [390, 844] : [1440, 900],
  };
}

function act(visitor, after, { plan, asks, shares, engagedMs }, seed) {
  after(engagedMs / 2);
  if (plan) visitor.track("Plan Chosen", JSON.stringify({ plan }));
  after(engagedMs / 4);
  if (asks) request(visitor, asks, seed);
  after(engagedMs / 4);
  if (shares) visitor.track("Invite Shared", JSON.stringify({ channel: "copy" }));
  visitor.track("Page Engaged", JSON.stringify({ engaged_time_msec: engagedMs }));
}

function request(visitor, fields, seed) {
  visitor.identify(`visitor-${seed}@example.com`, JSON.stringify(fields));
  visitor.track("Trial Requested", JSON.stringify({ form_id: "trial-form", ...fields }));
}

function isShare(message) {
  return message.event === "Invite Shared";
}

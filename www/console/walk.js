// One simulated visitor walks over the landing page, through the same engine as a real one.
import { MadeUpVisitor } from "./made-up-visitor.js";
import { arrivalFrom, behaviour } from "./model.js";

const PAGE = "https://hushmoor.example/";

/**
 * Returns the visitor's events, score and own code. `codes` are those that earlier visitors passed on;
 * this visitor may come with one of them, and may add an own one.
 */
export function walk({ site, random, seed, startMs, codes }) {
  const source = arrivalFrom(random);
  const address = addressOf(source, random, codes);
  const visitor = new MadeUpVisitor({ site, address, referrer: source.referrer, title: "Hushmoor", seed, nowMs: startMs });
  try {
    visitor.attend();
    const headline = visitor.see("hero");
    visitor.see("signup");
    const { plan, asks, shares, engagedMs } = behaviour(random, source, headline);
    const at = (share) => visitor.setClock(startMs + Math.round(share * engagedMs));
    at(0.4);
    if (plan) visitor.track("Plan Chosen", { plan });
    at(0.8);
    if (asks) ask(visitor, asks, seed);
    at(0.9);
    if (shares) visitor.track("Invite Shared", { channel: "copy" });
    at(1);
    visitor.leave();
    const code = visitor.code();
    if (code && shares) codes.push(code);
    return { events: visitor.takeEvents(), score: visitor.score(), code };
  } finally {
    visitor.free();
  }
}

function addressOf(source, random, codes) {
  // The first friends find no code to come with. They stay friends at heart, so that the model's rates hold.
  const code = source.name === "friend" && codes.length ? codes[Math.floor(random.unit() * codes.length)] : null;
  const query = code ? `ref=${code}` : source.query;
  return query ? `${PAGE}?${query}` : PAGE;
}

function ask(visitor, fields, seed) {
  const email = `visitor-${seed}@example.com`;
  visitor.identify(email, { email, ...fields });
  visitor.track("Trial Requested", { form_id: "trial-form", ...fields });
}

// One simulated visitor walks over the landing page, through the same engine as a real one.
import { shareProperties } from "/pkg/share.js";
import { MadeUpVisitor } from "./made-up-visitor.js";
import { arrivalFrom, behaviour, isCheat, priceOf } from "./model.js";

const PAGE = "https://hushmoor.example/";
const A_MOMENT_MS = 4000;

/**
 * Returns the visitor's events, score and own code. `invitations` are those that earlier visitors passed on;
 * this visitor may come by one of them, and may add own ones.
 */
export function walk({ site, random, seed, startMs, invitations }) {
  const source = arrivalFrom(random);
  // The first friends find no link to come by. They stay friends at heart, so that the model's rates hold.
  const invitation = source.name === "friend" ? invitations.followed(random, startMs) : null;
  const cheats = invitation !== null && isCheat(random);
  const visitor = new MadeUpVisitor({ site, address: addressOf(source, invitation), referrer: source.referrer, title: "Hushmoor", seed, nowMs: startMs });
  try {
    visitor.attend();
    const headline = visitor.see("hero");
    visitor.see("signup");
    const { plan, asks, channels, engagedMs } = behaviour(random, source, headline);
    const stayMs = cheats ? A_MOMENT_MS : engagedMs;
    const mailbox = cheats ? invitation.mailbox : mailboxOf(seed);
    const at = (share) => visitor.setClock(startMs + Math.round(share * stayMs));
    at(0.4);
    if (plan) visitor.track("Plan Chosen", { plan });
    at(0.8);
    if (asks) ask(visitor, asks, cheats ? mailbox.replace("@", "+again@") : mailbox);
    at(0.9);
    const code = visitor.code();
    for (const channel of code ? channels : []) {
      visitor.track("Invite Shared", shareProperties(channel, { how: "opened" }, code));
      invitations.add({ code, atMs: startMs, mailbox });
    }
    at(1);
    visitor.leave();
    return { events: visitor.takeEvents(), score: visitor.score(), code };
  } finally {
    visitor.free();
  }
}

function addressOf(source, invitation) {
  const query = invitation ? `ref=${invitation.code}` : source.query;
  return query ? `${PAGE}?${query}` : PAGE;
}

/** Everybody has a mail domain of their own: nobody looks like somebody else by chance. */
function mailboxOf(seed) {
  const letters = [...seed.toString(26)].map((digit) => String.fromCharCode(97 + parseInt(digit, 26))).join("");
  return `visitor@${letters}.example`;
}

function ask(visitor, fields, email) {
  visitor.identify(email, { email, ...fields });
  visitor.track("Trial Requested", { form_id: "trial-form", ...fields, value: priceOf(fields), currency: "EUR" });
}

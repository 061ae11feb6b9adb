// What some sites ask for before a visitor begins: the page's consent tools, a cookie, links between their domains, a tracking plan.
import { hasSignals, settle } from "./consent.js";
import { eraseEverywhere, keepCookie, readCookie, takeToken, widestDomain } from "./identity.js";
import { carried, carry } from "./carry.js";
import { isAmong } from "./hosts.js";
import { quietly } from "./quietly.js";

const PURPOSES = ["experiments", "analytics", "marketing"];
const COOKIE = "privateer_id";
const LONGEST_MS = 3000;

/**
 * @param page has `consent(purpose)` and `identity()`
 * @param {{answers: object, answer: (words: object) => void, source: object}} said what the page itself said by setConsent; how to answer
 *   in its place; and what brought the visitor
 * @param {object} site the definition
 * @param {{debug: boolean, report: (problem: object) => void}} how
 */
export async function prepare(page, said, site, { debug, report }) {
  const { storage, cookie = COOKIE, domain, domains } = site.identity ?? {};
  const keeps = storage === "cookie" || site.identity?.cookie;
  const told = await listen(page, said, site.consent ?? {});
  const id = carried(takeToken()) ?? "";
  // Whoever comes from one of the site's own domains was sent by nobody.
  const from = quietly(() => new URL(document.referrer).hostname, "");
  if (said.source.channel === "Referral" && (id || isAmong(from, domains ?? []))) said.source.channel = "Direct";
  const widest = () => (!domain || domain === "auto" ? widestDomain() : domain);
  const check = debug && site.tracking?.plan ? await checker(site.tracking, report) : null;
  return {
    // As it is now: another tab may have made a new visitor.
    get id() {
      return (keeps && readCookie(cookie)) || "";
    },
    carried: id, // by the first visitor of this page, and by no other
    // What holds at first, for each purpose.
    initial: told?.initial,
    check,
    // In debug mode what was recorded is looked at once it is stored: whoever works at the page sees it at once.
    recorded: check && (() => stored().forEach(check)),
    // The visitor is there, or another one.
    begun() {
      this.carried = "";
      told?.begun();
      if (keeps && page.consent() === "granted") keepCookie(cookie, page.identity().anonymousId, widest);
      else if (keeps && page.consent() === "denied") eraseEverywhere(cookie, widest());
    },
    // Once there is something to click.
    async follow() {
      if (!domains?.length) return;
      const { decorateLinks } = await import("./links.js");
      decorateLinks({ linkToken: () => (page.consent("marketing") === "granted" && page.consent() === "granted" ? carry(page.identity().anonymousId) : "") }, domains);
    },
  };
}

// Hears the page's consent tools. Null where nobody listens to them.
async function listen(page, { answers, answer }, { initial = "granted", signals, gpc }) {
  if (!(signals ?? hasSignals())) return null;
  const { watchSignals } = await import("./signals.js");
  let said;
  let begun = false;
  const at = (purpose) => (typeof initial === "string" ? initial : initial[purpose] ?? "granted");
  const settled = () => Object.fromEntries(PURPOSES.map((purpose) => [purpose, settle(at(purpose), undefined, answers[purpose], said[purpose])]));
  watchSignals({ signals, gpc }, (says) => {
    said = says;
    if (begun) tell();
  });
  // A yes or a no goes before what was remembered; a question that waits does not.
  const tell = () => {
    const words = Object.entries(settled()).filter(([purpose, word]) => word !== "pending" && said[purpose] !== undefined && word !== page.consent(purpose));
    if (words.length) answer(Object.fromEntries(words));
  };
  return {
    initial: settled(),
    begun() {
      if (begun) return;
      begun = true;
      tell();
    },
  };
}

// Each message is checked once, however often it is sent.
function once(check, tell) {
  const known = new Set();
  return (message) => {
    if (known.has(message.messageId)) return;
    known.add(message.messageId);
    check(message).forEach(tell);
  };
}

// The messages that wait in local storage.
const stored = () => quietly(() => Object.entries(localStorage).filter(([key]) => key.startsWith("privateer.event.")).map(([, event]) => JSON.parse(event)), []);

// A plan that does not come checks nothing, and keeps nobody waiting.
async function checker({ plan, unplanned }, report) {
  try {
    const read = typeof plan === "string" ? await (await fetch(plan, { signal: AbortSignal.timeout(LONGEST_MS) })).json() : plan;
    const { checkerOf } = await import("./plan.js");
    return once(checkerOf(read, { unplanned }), (problem) => {
      console.warn(`privateer: ${problem.message} (${problem.code} at ${problem.path || "$"} of "${problem.event}")`);
      report(problem);
    });
  } catch (error) {
    report({ code: "no-plan", path: "$.tracking.plan", message: `The tracking plan could not be read (${error.message}); nothing is checked against it.` });
    return null;
  }
}

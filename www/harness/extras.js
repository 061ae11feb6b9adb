// What some sites ask for before a visitor begins: the page's consent tools, a cookie, links between their domains, a tracking plan.
import { hasSignals, settle } from "./consent.js";
import { eraseCookie, readCookie, takeToken, widestDomain, writeCookie } from "./identity.js";
import { carried, carry } from "./carry.js";

const PURPOSES = ["experiments", "analytics", "marketing"];
const COOKIE = "privateer_id";

/**
 * @param page has `consent(purpose)`, `identity()`, `answers` (what the page itself said by setConsent) and `answer(words)`
 * @param {object} site the definition
 * @param {{debug: boolean, report: (problem: object) => void}} how
 */
export async function prepare(page, site, { debug, report }) {
  const { storage, cookie = COOKIE, domain, domains } = site.identity ?? {};
  const keeps = storage === "cookie" || site.identity?.cookie;
  const told = await listen(page, site.consent ?? {});
  const widest = () => (!domain || domain === "auto" ? widestDomain() : domain);
  return {
    id: (keeps && readCookie(cookie)) || "",
    carried: carried(takeToken()) ?? "",
    // What holds at first, for each purpose.
    initial: told?.initial,
    check: debug && site.tracking?.plan ? await checker(site.tracking, report) : null,
    // The visitor is there, or another one.
    begun() {
      told?.begun();
      if (keeps && page.consent() === "granted") writeCookie(cookie, page.identity().anonymousId, widest());
      else if (keeps) eraseCookie(cookie, widest());
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
async function listen(page, { initial = "granted", signals, gpc }) {
  if (!(signals ?? hasSignals())) return null;
  const { watchSignals } = await import("./signals.js");
  let said;
  let begun = false;
  const at = (purpose) => (typeof initial === "string" ? initial : initial[purpose] ?? "granted");
  const words = () => Object.fromEntries(PURPOSES.map((purpose) => [purpose, settle(at(purpose), undefined, page.answers[purpose], said[purpose])]));
  watchSignals({ signals, gpc }, (says) => {
    said = says;
    if (begun) page.answer(words());
  });
  return {
    initial: words(),
    begun() {
      if (begun) return;
      begun = true;
      // A yes or a no of today goes before what was remembered; a question that waits does not.
      const answers = Object.entries(words()).filter(([purpose, word]) => word !== "pending" && said[purpose] !== undefined && word !== page.consent(purpose));
      if (answers.length) page.answer(Object.fromEntries(answers));
    },
  };
}

async function checker({ plan, unplanned }, report) {
  const read = typeof plan === "string" ? await (await fetch(plan)).json() : plan;
  const { checkerOf } = await import("./plan.js");
  const check = checkerOf(read, { unplanned });
  return (message) => check(message).forEach(report);
}

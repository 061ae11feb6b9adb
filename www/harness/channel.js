// Which channel brought a visit, loaded when needsChannel says that this takes thought.
import { clickOf, isClickId } from "./channel/click_ids.js";
import { categoryOf, hostNamed } from "./channel/known.js";
import { isOwn } from "./channel/needed.js";
import { placeOf } from "./channel/place.js";
import { channelNamed } from "./channel/rules.js";

export { withoutClicks } from "./channel/click_ids.js";

const MEDIUM = { search: "organic", social: "social", ai: "ai-assistant" };
const NOT_SET = "(not set)";
const NAMES_A_PERSON = /^(_kx|mc_eid|mkt_tok)$/i;
const LONGEST = 500; // nothing that a rule or a list knows is longer

/**
 * GA4's default channel group, with source and medium in lower case. What the address names (utm_*) comes first, then
 * its click ids, then the referrer. Never throws.
 * @param {{source?: string, medium?: string, campaign?: string, clickIds?: object}} campaign as the address has it; of
 *   the click ids, the names count
 * @param {string} referrer document.referrer
 * @param {string} ownHost location.hostname; it and the hosts below it send nobody
 * @returns {{channel: string, source: string, medium: string}}
 */
export function channelOf(campaign, referrer, ownHost) {
  const { source, medium, campaign: name, clickIds } = campaign ?? {};
  const visit = origin(text(source), text(medium), text(name), clickOf(clickIds), sender(text(referrer), text(ownHost)));
  const [from, by] = [visit.source || NOT_SET, visit.medium || NOT_SET];
  return { channel: channelNamed(from, by, text(name), visit.category ?? categoryOf(from)), source: from, medium: by };
}

function origin(source, medium, campaign, click, sent) {
  // A source alone may still have been paid for: its click id knows.
  if (source || medium) return { source, medium: medium || click?.medium };
  if (click) return { source: click.source || sent?.source, medium: click.medium };
  return sent ?? (campaign ? {} : { source: "(direct)", medium: "(none)" });
}

// A host that is on a list is what the list says: GA4 calls YouTube video, Matomo a network.
function sender(referrer, ownHost) {
  const { host, path } = placeOf(referrer) ?? {};
  if (isOwn(host, ownHost)) return undefined;
  const { name, kind } = hostNamed(host, path) ?? {};
  return name ? { source: name, medium: MEDIUM[kind], category: kind } : { source: host.replace(/^www\./, ""), medium: "referral" };
}

const text = (value) => (typeof value === "string" ? value.trim().slice(0, LONGEST).toLowerCase() : "");

/**
 * The same of an address, with the ids of clicks that it has. Of those that name the one who got an e-mail, only that there was
 * one is told.
 * @param {{search: string, hostname: string}} address location
 * @returns {{channel: string, clicks?: Record<string, string>}}
 */
export function sourceOf({ search, hostname }, referrer) {
  const query = Object.fromEntries(new URLSearchParams(search));
  const { utm_source: source, utm_medium: medium, utm_campaign: campaign } = query;
  const ids = Object.entries(query).filter(([name, value]) => value && isClickId(name));
  const clicks = ids.map(([name, value]) => [name, NAMES_A_PERSON.test(name) ? "yes" : value]);
  const { channel } = channelOf({ source, medium, campaign, clickIds: query }, referrer, hostname);
  return { channel, ...(ids.length && { clicks: Object.fromEntries(clicks) }) };
}

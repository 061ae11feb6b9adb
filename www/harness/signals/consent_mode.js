// Google's consent mode, version 2: the page's commands in its dataLayer, and what Google's tags made of them.
// Sources: developers.google.com/tag-platform/security/guides/consent for the commands. google_tag_data.ics is not documented
// and read with care: its entries hold `default` (once `initial`), which knows the visitor's region, and `update`.
import { overhear } from "./overhear.js";
import { PURPOSES, strictest } from "./purposes.js";
import { quietly } from "../quietly.js";

const MARKETING = ["ad_storage", "ad_user_data", "ad_personalization"];
const EXPERIMENTS = ["personalization_storage", "functionality_storage"];
const TYPES = ["analytics_storage", ...MARKETING, ...EXPERIMENTS];
const MOST = 10_000; // entries that are read of what was there before us

export function watchConsentMode(changed) {
  const said = { default: {}, regional: {}, update: {} };
  const seen = new WeakSet();
  let layer;
  let release = () => {};
  let tags;

  // A command is an array-like of "consent", "default" or "update", and states by type.
  const take = (command) => {
    if (command?.[0] !== "consent" || seen.has(command)) return false;
    seen.add(command);
    note(said, command[1], command[2]);
    return true;
  };

  // The tags may come round to a command a moment later.
  const hear = (commands) => {
    if (!commands.filter((each) => quietly(() => take(each), false)).length) return;
    changed();
    setTimeout(changed, 0);
  };

  const lookAtCommands = () => {
    const { dataLayer } = window;
    if (!Array.isArray(dataLayer)) return;
    hear(dataLayer.slice(0, MOST));
    if (dataLayer === layer) return;
    release();
    layer = dataLayer;
    release = overhear(layer, hear);
  };

  const lookAtTags = () => {
    const ics = window.google_tag_data?.ics;
    if (!ics || ics === tags) return;
    tags = ics;
    ics.addListener(TYPES, changed);
  };

  const look = () => {
    quietly(lookAtCommands);
    lookAtTags();
  };

  const says = () => statement((type) => stateOf(said, quietly(() => copy(tags.entries[type]), {}), type));

  return { look, says, stop: () => release() };
}

const copy = ({ update, default: before, initial }) => ({ update, before: before ?? initial });

function note(said, kind, states) {
  if (kind !== "default" && kind !== "update") return;
  const regional = kind === "default" && states.region !== undefined;
  const kept = regional ? said.regional : said[kind];
  for (const type of TYPES) {
    const state = states[type];
    if (state === "denied") kept[type] = false;
    if (state === "granted" && !regional) kept[type] = true;
  }
}

// An update is the visitor's answer. A default is none: where it denies, the answer is still to come. Which region the visitor
// is in only Google's tags know; without them, a no for any region counts and a yes for one does not.
function stateOf(said, entry, type) {
  const answer = strictest([entry.update, said.update[type]]);
  if (answer !== undefined) return answer;
  const before = [entry.before, said.regional[type], said.default[type]].find((each) => typeof each === "boolean");
  return before === false ? null : before;
}

// Types nobody mentions count for nothing. Personalisation is the closer word for experiments; where it is not mentioned,
// functionality stands in.
function statement(state) {
  const [personal, functional] = EXPERIMENTS.map(state);
  const voices = [personal === undefined ? functional : personal, state("analytics_storage"), strictest(MARKETING.map(state))];
  return Object.fromEntries(PURPOSES.map((purpose, index) => [purpose, voices[index]]));
}

// Consent to marketing was taken back: what was recorded before, and waits, loses the ids of clicks. Loaded when it comes to that.
import { withoutClicks } from "./channel/click_ids.js";
import { parse, stringify } from "./json.js";
import { quietly } from "./quietly.js";
import { spillage, spilled } from "./spillage.js";

const KEPT = /^privateer\.(event|delivered)\./;
const FIELDS = ["source", "medium", "name", "term", "content"]; // of Segment's campaign; all others are ids of clicks

/** The body of a batch, without them. */
export const cleaned = (body) => {
  const { batch, ...rest } = parse(body);
  return stringify({ batch: batch.map(clean), ...rest });
};

/** What is stored of events, in both storages, by whichever page. */
export async function cleanStored(storage) {
  for (const key of Object.keys(storage).filter((name) => KEPT.test(name))) quietly(() => storage.setItem(key, cleanText(storage[key])));
  if (!(await spilled())) return;
  const { rewrite } = await spillage();
  await rewrite((event) => quietly(() => cleanText(event), event));
}

const cleanText = (event) => (isMarketing(parse(event)) ? stringify(clean(parse(event))) : event);

const isMarketing = ({ context }) => context?.consent?.categoryPreferences?.marketing === true;

function clean(message) {
  if (!isMarketing(message)) return message;
  const { campaign, page, firstTouch, consent, ...rest } = message.context;
  const context = { ...rest, consent: { categoryPreferences: { ...consent.categoryPreferences, marketing: false } } };
  if (page) context.page = { ...page, url: address(page.url), search: address(page.search) };
  if (campaign) context.campaign = Object.fromEntries(Object.entries(campaign).filter(([name]) => FIELDS.includes(name)));
  if (firstTouch) context.firstTouch = { ...firstTouch, url: address(firstTouch.url), clicks: undefined };
  return { ...message, context };
}

const address = (url) => url && withoutClicks(url);

// What became of an advocate's friends, as the example site's server knows it: the history that rewards are settled by.
// GET /referrals?code=ABCD2345
import { readFile } from "node:fs/promises";
import { inRoot } from "../shared/paths.mjs";

export const PATH = "/referrals";

// What the example's plans cost for a month, in cents.
const PRICES = { solo: 0, crew: 600, harbour: 1100 };

/** Answers with entries as `settleRewards` takes them. Whoever asks learns how many friends there are, and nothing about them. */
export async function answerReferrals(request, response, store) {
  const code = new URL(request.url, "http://server").searchParams.get("code") ?? "";
  const { referral } = JSON.parse(await readFile(inRoot("www", "site.json"), "utf8"));
  const history = historyOf(code, await store.events(), referral?.conversion ?? null);
  response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(history));
}

// A friend converts once, however often the form is sent, and whatever code they come with later.
function historyOf(code, events, conversion) {
  const friends = new Map();
  for (const { event, anonymousId, timestamp, properties, context } of events) {
    const advocate = context?.referrer?.id;
    if (event !== conversion || !advocate || friends.has(anonymousId)) continue;
    friends.set(anonymousId, { advocate, time: timestamp, amount: PRICES[properties?.plan] ?? 0 });
  }
  const own = [...friends.values()].filter(({ advocate }) => advocate === code);
  return own.map((conversion, index) => ({ id: `trial-${index + 1}`, type: "conversion", friend: `friend-${index + 1}`, currency: "EUR", ...conversion }));
}

// How simulated visitors behave. Every number here is invented, and known: so the estimates can be held against the truth.

/** Where visitors come from: the share of each source, and how much readier its visitors are to choose a plan. */
export const SOURCES = [
  { name: "search", share: 0.38, readiness: 1, query: "", referrer: "https://search.example/" },
  { name: "newsletter", share: 0.22, readiness: 1.1, query: "utm_source=newsletter&utm_medium=email&utm_campaign=spring-tide", referrer: "" },
  { name: "ads", share: 0.2, readiness: 0.7, query: "utm_source=ads&utm_medium=cpc&utm_campaign=quiet-hour", referrer: "https://ads.example/" },
  { name: "friend", share: 0.12, readiness: 1.5, query: "", referrer: "" },
  { name: "direct", share: 0.08, readiness: 1, query: "", referrer: "" },
];

/** By the headline's variation: 0 is the original. The words on the button change nothing, so that one test has nothing to find. */
const CHOOSES_PLAN = [0.22, 0.25];
const ASKS_AFTER_PLAN = [0.26, 0.3];
const ASKS_WITHOUT_PLAN = 0.02;

const PLANS = [[0.3, "solo"], [0.52, "crew"], [0.18, "harbour"]];
const SIZES = [[0.24, "1"], [0.31, "2-10"], [0.25, "11-50"], [0.14, "51-200"], [0.06, "201+"]];

const PRICES = { solo: 0, crew: 6, harbour: 11 };
const PEOPLE = { "1": 1, "2-10": 6, "11-50": 30, "51-200": 125, "201+": 250 };

const SHARES = 0.35;
const SHARES_AGAIN = 0.45;
const CHANNELS = [[0.4, "copy"], [0.3, "whatsapp"], [0.2, "email"], [0.1, "linkedin"]];
const CHEATS = 0.06;

/** Draws what one visitor does, given where they come from and which headline they see. */
export function behaviour(random, source, headline) {
  const plan = random.chance(planChance(source, headline)) ? random.pick(PLANS) : null;
  const asks = random.chance(plan ? ASKS_AFTER_PLAN[headline] : ASKS_WITHOUT_PLAN);
  return {
    plan,
    asks: asks ? { company_size: random.pick(SIZES), plan: plan ?? random.pick(PLANS) } : null,
    channels: random.chance(asks ? SHARES : 0.01) ? channelsFrom(random) : [],
    engagedMs: Math.round(3000 * Math.exp(3.2 * random.unit()) * (plan ? 1.6 : 1)),
  };
}

/** Who passes a link on does so once, or by further channels: few people bring most friends. */
function channelsFrom(random) {
  const channels = [random.pick(CHANNELS)];
  while (channels.length < 6 && random.chance(SHARES_AGAIN)) channels.push(random.pick(CHANNELS));
  return channels;
}

/** Whether somebody who comes by a link is who passed it on, under another address. */
export const isCheat = (random) => random.chance(CHEATS);

/** What a plan costs for a team in the first month, in euros; the size of a team is the middle of its class. */
export const priceOf = ({ plan, company_size }) => PRICES[plan] * PEOPLE[company_size];

/** Draws a source. */
export function arrivalFrom(random) {
  return random.pick(SOURCES.map((source) => [source.share, source]));
}

/** The true rate of a goal among visitors of one variation, or null where the model states none. */
export function trueRate(experiment, variation, goal) {
  if (!(goal in RATES)) return null;
  if (experiment === "hero-headline") return RATES[goal](variation);
  // Another experiment changes nothing; its visitors are split evenly between the two headlines.
  return (RATES[goal](0) + RATES[goal](1)) / 2;
}

const RATES = {
  "Plan Chosen": (headline) => averageOverSources((source) => planChance(source, headline)),
  "Trial Requested": (headline) => averageOverSources((source) => asksChance(source, headline)),
};

function planChance(source, headline) {
  return CHOOSES_PLAN[headline] * source.readiness;
}

function asksChance(source, headline) {
  const plan = planChance(source, headline);
  return plan * ASKS_AFTER_PLAN[headline] + (1 - plan) * ASKS_WITHOUT_PLAN;
}

function averageOverSources(rate) {
  return SOURCES.reduce((sum, source) => sum + source.share * rate(source), 0);
}

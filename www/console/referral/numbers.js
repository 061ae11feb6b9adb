// What referrals come to: each number by a function of the insights build, from the records of who brought whom.
import {
  costPerReferred, judgeReferrals, kFactor, leaderboard, projectReferrals, referralTree, settleRewards, viralCycleTime, waitlist,
} from "/pkg/insights/insights.js";
import { minor } from "./money.js";

const DAY_MS = 24 * 3600 * 1000;
const USUAL_CONVERSION = "Signed Up";
// The curve is drawn until nearly all who will come have come, within bounds.
const CYCLES = { least: 4, most: 24, growing: 8, missing: 0.002 };
const POINTS = 60; // on the curve
const SHOWN = 20;

/**
 * @param {import("./records.js").ReferralRecords} records
 * @param options `program`, the section `referral`; `days`, how long users are followed, 0 for as long as is known; `start`, how many
 *   users the projection begins with; `other`, what else was spent, in the smallest unit of the currency; `points`, for each friend on a waiting list; `code`,
 *   whose place there is asked.
 */
export function numbersOf(records, { program, days, start, other, points, code }) {
  const people = friendsAndUsers(records, program);
  const referred = people.filter(({ advocate, joined }) => advocate && joined !== null);
  const verdicts = judged(referred, people, program);
  const referrals = referred.map(({ id, advocate, joined }, place) => ({ advocate, friend: id, time: joined, verified: !verdicts[place].flagged }));
  const virality = viralityOf(people, referrals, days * DAY_MS, records.until);
  return {
    advocates: records.advocates,
    sharers: people.filter(({ shared }) => shared.length).length,
    arrivals: people.filter(({ came }) => came.length).length,
    users: people.filter(({ joined }) => joined !== null).length,
    referred: referred.length,
    ...virality,
    projection: projectionOf(virality, start),
    tree: treeOf(referrals, people),
    board: boardOf(referrals, people),
    fraud: fraudOf(referred, verdicts),
    cost: costOf(referred, { program, other, until: records.until }),
    place: placeOf(people, referrals, points, code),
  };
}

/**
 * Everybody with when they became users, which is when they did what the program calls its conversion; and who is credited with it. That is
 * not worked out again: the page did, by the program's window and by what binds, and the event has the answer.
 */
function friendsAndUsers({ people }, { conversion = USUAL_CONVERSION }) {
  const owners = ownersOf(people);
  return people.map((person) => {
    const own = person.did.filter(({ event }) => event === conversion);
    const referrer = own[0]?.referrer ?? null;
    const advocate = referrer && (owners.get(referrer) ?? referrer);
    return { ...person, conversions: own, joined: own[0]?.time ?? null, referrer, advocate };
  });
}

/** Flags, with their reasons. What the events do not tell is left out, and counts nothing. */
function judged(referred, people, { fraud }) {
  const emails = new Map(people.map(({ id, email }) => [id, email]));
  const cases = referred.map(({ id, advocate, email, agent, came, referrer, joined }) => ({
    advocate: known({ id: advocate, email: emails.get(advocate) }),
    friend: known({ id, email }),
    ...known({ touched: came.find(({ code }) => code === referrer)?.time, signed_up: joined, user_agent: agent }),
  }));
  return judgeReferrals(cases, fraud ?? null).verdicts;
}

const known = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));

/** K and the cycle. With a span, of those users alone who have been there so long, by the friends of that time. */
function viralityOf(people, referrals, spanMs, until) {
  const isOld = ({ joined }) => joined !== null && (!spanMs || joined <= until - spanMs);
  const followed = new Map(people.filter(isOld).map(({ id, joined, shared }) => [id, { joined, shared, friends: 0 }]));
  const within = (user, time) => !spanMs || time <= user.joined + spanMs;
  for (const { advocate, time } of referrals) {
    const user = followed.get(advocate);
    if (user && within(user, time)) user.friends += 1;
  }
  const users = [...followed.values()];
  const friends = users.map((user) => user.friends).filter(Boolean);
  const brought = friends.reduce((sum, each) => sum + each, 0);
  const invites = users.reduce((sum, user) => sum + user.shared.filter((time) => within(user, time)).length, 0);
  // A link in a chat room brings several friends: then shares say nothing of how many invited.
  const counts = { users: users.length, friends, ...(invites >= brought && { invites }) };
  const joined = Object.fromEntries(people.filter((person) => person.joined !== null).map((person) => [person.id, person.joined]));
  const cycle = viralCycleTime(referrals, { joined, ...(spanMs && { span: spanMs, until }) });
  return {
    followed: users.length, brought, invites,
    byOthers: referrals.filter(({ advocate }) => !(advocate in joined)).length,
    k: users.length ? kFactor(counts) : null,
    cycle: { ...cycle, meanDays: daysOf(cycle.mean), medianDays: daysOf(cycle.median) },
  };
}

const daysOf = (ms) => (Number.isFinite(ms) && ms !== null ? ms / DAY_MS : null);

/** Users after so many days, with the ends of K's interval; null where there is no K or no cycle. */
function projectionOf({ k, cycle }, start) {
  if (!k || !(cycle.meanDays > 0)) return null;
  const end = cyclesOf(k.k) * cycle.meanDays;
  const times = Array.from({ length: POINTS + 1 }, (_, place) => (place / POINTS) * end);
  const by = (rate) => projectReferrals({ start, k: rate, cycle: cycle.meanDays, times });
  const { limit, totals } = by(k.k);
  const [low, high] = [by(k.low), by(k.high)];
  return { start, times, totals, low: low.totals, high: high.totals, limit, limits: [low.limit, high.limit], cycleDays: cycle.meanDays };
}

function cyclesOf(k) {
  if (k >= 1) return CYCLES.growing;
  return Math.min(CYCLES.most, Math.max(CYCLES.least, Math.ceil(Math.log(CYCLES.missing) / Math.log(k))));
}

function treeOf(referrals, people) {
  const { generations, members, cut } = referralTree(referrals);
  const inTree = new Set(members.map(({ id }) => id));
  const alone = people.filter(({ id, joined }) => joined !== null && !inTree.has(id)).length;
  const roots = members.filter(({ generation, descendants }) => generation === 0 && descendants);
  const codes = codesOf(people);
  const largest = roots.sort((a, b) => b.descendants - a.descendants).slice(0, 5).map(({ id, friends, descendants }) => ({ code: codes.get(id) ?? id, friends, descendants }));
  return { generations, alone, largest, cut: cut.length };
}

/** What is shown of people: their codes. */
const codesOf = (people) => new Map(people.filter(({ code }) => code).map(({ id, code }) => [id, code]));

/** Whose a code is. */
const ownersOf = (people) => new Map(people.filter(({ code }) => code).map(({ id, code }) => [code, id]));

function boardOf(referrals, people) {
  const codes = codesOf(people);
  const owners = ownersOf(people);
  const came = tally(people.flatMap((person) => [...new Set(person.came.map(({ code }) => owners.get(code) ?? code))]));
  const joined = tally(referrals.map(({ advocate }) => advocate));
  const all = leaderboard(referrals);
  const rows = all.slice(0, SHOWN).map(({ rank, advocate, verified, reached }) => (
    { rank, code: codes.get(advocate) ?? advocate, came: came.get(advocate) ?? 0, joined: joined.get(advocate), verified, reached }));
  return { of: all.length, rows };
}

function tally(names) {
  const counts = new Map();
  for (const name of names) if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function fraudOf(referred, verdicts) {
  const levels = { low: 0, medium: 0, high: 0 };
  for (const { level } of verdicts) levels[level] += 1;
  const flagged = verdicts
    .map(({ score, level, reasons, flagged }, place) => ({ score, level, reasons, flagged, code: referred[place].referrer, time: referred[place].joined }))
    .filter((row) => row.flagged)
    .sort((a, b) => b.score - a.score || a.time - b.time);
  return { levels, of: flagged.length, rows: flagged.slice(0, SHOWN), unknown: [...new Set(verdicts.flatMap(({ unknown }) => unknown))] };
}

/** What the program owes for the friends' conversions, and what one of them costs. */
function costOf(referred, { program, other, until }) {
  const currency = program.rewards?.currency ?? null;
  const history = referred.flatMap(({ id, referrer, conversions }) => conversions.map(({ id: conversion, time, paid, currency: own }) => ({
    id: conversion, type: "conversion", advocate: referrer, friend: id, time, amount: minor(paid, own ?? currency), ...(own && { currency: own }),
  })));
  const { totals } = settleRewards(program, history, { now: Number.isFinite(until) ? until : 0 });
  const owed = { money: 0, points: 0, days: 0 };
  for (const { unit, pending, held, approved } of totals) owed[unit] += pending + held + approved;
  return { currency, owed, other, customers: referred.length, each: costPerReferred({ rewards: owed.money, other, customers: referred.length }) ?? null };
}

/** Where the owner of a code would stand if all users waited in a line. */
function placeOf(people, referrals, points, code) {
  const waiting = people.filter(({ joined }) => joined !== null).map(({ id, joined }) => ({ id, joined }));
  const owner = people.find((person) => person.code === code)?.id;
  const place = code ? waitlist(waiting, referrals, points).find(({ id }) => id === owner) : null;
  return { of: waiting.length, found: place ?? null };
}

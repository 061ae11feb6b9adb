// What somebody writes who judges referrals and asks what they come to.
import {
  type FraudVerdict, type JudgedReferral, type ReferralRecord, costPerReferred, judgeReferrals, kFactor, leaderboard, normalEmail, projectReferrals,
  referralTree, viralCycleTime, waitlist,
} from "privateer/insights";

const thrownAway = new Set(["throwaway.example"]);
const referral: JudgedReferral = { advocate: { id: "ann" }, friend: { id: 7, email: "ben@own.example" }, same_ip: true, bot: null };
const { verdicts, problems } = judgeReferrals([referral], { points: { same_ip: 30 } }, { disposable: (domain) => thrownAway.has(domain) });
const verdict: FraudVerdict = verdicts[0]!;
const level: "low" | "medium" | "high" = verdict.level;
const sentence: string = verdict.reasons[0]?.label ?? problems[0]?.message ?? "";
const address: string | undefined = normalEmail("Ann+x@own.example");

const records: ReferralRecord[] = [{ advocate: "ann", friend: 7, time: Date.now(), verified: true }];
const rate: number | undefined = kFactor({ users: 10, invites: 20, friends: [1] }, 0.9).conversion?.rate;
const mean: number | null = viralCycleTime(records, { joined: { ann: 0 } }).mean;
const limit: number | null = projectReferrals({ start: 100, k: 0.5, cycle: 2, times: [2] }).limit;
const generation: number | undefined = referralTree(records).members[0]?.generation;
const rank: number | undefined = leaderboard(records, 3)[0]?.rank;
const position: number | undefined = waitlist([{ id: "ann" }], records, 10)[0]?.position;
const cost: number | null = costPerReferred({ rewards: 100, customers: 3 });
// @ts-expect-error: nothing is blocked.
const blocked = verdict.blocked;
// @ts-expect-error: there is no signal of that name.
judgeReferrals([], { points: { same_isp: 30 } });

export { address, blocked, cost, generation, level, limit, mean, position, rank, rate, sentence };

// What somebody writes who judges predictions and asks where customers stand.
import {
  type Evaluation, type Silence, applyPlatt, churnAlarm, customerActivity, customerHealth, customerSilence, evaluate, fitBgNbd, fitPlatt, localDays,
  netPromoterScore, nextFields, reachedInARow, rfm, tierStanding,
} from "privateer/insights";

const found: Evaluation = evaluate([0.2, 0.7], [false, 1], null);
const calibrated: Float64Array = applyPlatt(fitPlatt(Float64Array.of(0.2, 0.7), [0, 1]), [0.5]);
const rate: number | null = found.bins[0]!.observed_rate;
const segments: string[] = rfm([{ recency: 1, frequency: 2, monetary: 3 }]).map(({ segment }) => segment);
const level: 0 | 1 | 2 | 3 = churnAlarm(customerActivity({ since: 0, key: [1] }, 60), { fall: 0.5 });
const silence: Silence = customerSilence([0, 5], 20, { model: fitBgNbd([{ repeats: 1, last: 5, age: 20 }]).model });
const sentence: string = silence.state === "unknown" ? silence.missing : silence.chance.toFixed(2);
const days = localDays([Date.now()], "Europe/Berlin");
const reached: number | null = reachedInARow(days, { first: 0, length: 7, span: 30, today: 30, business_days: true }).at;
const score: number | undefined = netPromoterScore([10, 9])?.score;
const known: number | undefined = customerHealth([{ weight: 1, score: null }])?.known;
const tier: number | null = tierStanding({ from: [100], expires: Infinity, holds: 0 }, [{ time: 0, points: 1 }], 1).tier;
const fields: string[] = nextFields([{ name: "email" }], { known: ["email"] });
// @ts-expect-error: half a conversion is none.
evaluate([0.2], [0.5]);
// @ts-expect-error: there are three levels.
const wrong: 4 = level;

export { calibrated, fields, known, rate, reached, score, segments, sentence, tier, wrong };

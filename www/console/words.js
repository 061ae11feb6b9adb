// Numbers as a reader expects them.

const whole = new Intl.NumberFormat("en");
// "negative": what is rounded to nothing has no sign.
const oneDigit = new Intl.NumberFormat("en", { maximumFractionDigits: 1, minimumFractionDigits: 1, signDisplay: "negative" });
const upToOneDigit = new Intl.NumberFormat("en", { maximumFractionDigits: 1, signDisplay: "negative" });
const percent1 = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1, minimumFractionDigits: 1 });
const percentShort = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });
const hour = new Intl.DateTimeFormat("en", { timeStyle: "medium" });
const moment = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", hour: "numeric", minute: "2-digit", second: "2-digit" });

export const count = (number) => whole.format(number);
export const decimal = (number) => oneDigit.format(number).replace("-", "−");
/** Without needless zeros: "30", "4.4". */
export const short = (number) => upToOneDigit.format(number).replace("-", "−");
export const percent = (rate) => percent1.format(rate);
/** On an axis "7%" says as much as "7.0%". */
export const percentTick = (rate) => percentShort.format(rate);

/** A time of today without its date. */
export function when(timestamp) {
  const date = new Date(timestamp);
  if (Number.isNaN(date.getTime())) return "at an unknown time";
  const isToday = date.toDateString() === new Date().toDateString();
  return (isToday ? hour : moment).format(date);
}

/** A difference of rates in percentage points, without its sign. */
export const points = (difference) => `${oneDigit.format(Math.abs(difference) * 100)} points`;

/** The same with "more" or "less". */
export const pointsMore = (difference) => `${points(difference)} ${difference < 0 ? "less" : "more"}`;

/** "one visitor", "2 visitors". */
export const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

/** A probability as a frequency: "in about 1 of 40 tests". */
export function howOften(probability) {
  if (probability < 1e-4) return "in fewer than 1 of 10,000 tests";
  if (probability > 0.45) return "in about every second test or more often";
  const tests = Number((1 / probability).toPrecision(2));
  return `in about 1 of ${count(Math.round(tests))} tests`;
}

/** What people call an event. */
export function eventLabel(name) {
  return { page: "Page view", identify: "Visitor named" }[name] ?? name;
}

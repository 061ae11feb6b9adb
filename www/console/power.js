// How many visitors a test needs.

// (1.96 + 0.84)²: noticed at 95% confidence in four tests of five (Fleiss, Statistical Methods for Rates and Proportions, ch. 4).
const CERTAINTY = (1.96 + 0.8416) ** 2;

/** Visitors for each variation to tell these two rates apart, rounded to two digits. 5% against 5.5%: 31,000. */
export function visitorsNeeded(rate, other) {
  const spread = rate * (1 - rate) + other * (1 - other);
  return Number(((CERTAINTY * spread) / (other - rate) ** 2).toPrecision(2));
}

// What is asked about each purpose, and how several voices become one.
// true is a yes, false a no, null a question that waits for its answer, undefined no statement.
export const PURPOSES = ["experiments", "analytics", "marketing"];

export const WAITING = { experiments: null, analytics: null, marketing: null };

// The stricter wins: a no, else an open question, else a yes.
export const strictest = (voices) => [false, null, true].find((voice) => voices.includes(voice));

export const together = (statements) =>
  Object.fromEntries(PURPOSES.map((purpose) => [purpose, strictest(statements.map((each) => each[purpose]))]));

// What has to be true before anything is timed: a benchmark of wrong answers measures nothing.

/** The subjects give the same answers: `answers` holds a list for each of them, the first one's are expected. */
export function provedSame(answers) {
  const [[first, expected], ...others] = Object.entries(answers).map(([name, list]) => [name, list.map(text)]);
  if (expected.length === 0) throw new Error(`${first} gives no answers.`);
  for (const [name, given] of others) {
    if (given.length !== expected.length) throw new Error(`${name} gives ${given.length} answers, ${first} ${expected.length}.`);
    const place = given.findIndex((answer, place) => answer !== expected[place]);
    if (place >= 0) throw new Error(`Answer ${place} differs: ${name} says ${given[place]}, ${first} ${expected[place]}.`);
  }
}

/** Each split sends about half of the ids either way, and the same ones again when asked again. */
export function provedHalves(splits, ids) {
  for (const [name, split] of Object.entries(splits)) {
    const variations = ids.map(split);
    const ones = variations.filter((variation) => variation === 1).length;
    const zeros = variations.filter((variation) => variation === 0).length;
    if (ones + zeros !== ids.length) throw new Error(`${name} leaves ${ids.length - ones - zeros} of ${ids.length} ids out.`);
    if (Math.abs(ones / ids.length - 0.5) > 0.02) throw new Error(`${name} sends ${ones} of ${ids.length} ids to the second variation.`);
    provedSame({ [name]: variations, [`${name}, asked again`]: ids.map(split) });
  }
}

const text = (answer) => JSON.stringify(answer) ?? "undefined";

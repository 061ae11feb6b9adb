// The shapes that a timed subject comes in.

/** `read` of one thing after another, and around again. Counts the answers that are something, so that none may be left out. */
export const inTurn = (things, read) => {
  let place = 0;
  return (times) => {
    let found = 0;
    for (let turn = 0; turn < times; turn += 1) {
      if (read(things[place])) found += 1;
      place = place + 1 === things.length ? 0 : place + 1;
    }
    return found;
  };
};

/** The same record with another value under each name. */
export const forEach = (record, change) => Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

/** Ids of 11 to 13 characters, made beforehand: making a text takes as long as assigning it. */
export const newIds = (count) => Array.from({ length: count }, (_, number) => `visitor-${number}`);

export const MILLION = 1_000_000;

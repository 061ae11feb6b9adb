// What several protocols want to know of a Segment message.

// The properties that a page view has beyond those that say where the page is: these stand in its context, too.
export function ownProperties({ type, properties = {}, context }) {
  if (type !== "page") return properties;
  const page = context?.page ?? {};
  return Object.fromEntries(Object.entries(properties).filter(([name, value]) => value !== page[name]));
}

// A time as milliseconds since 1970; undefined for what is none.
export function milliseconds(time) {
  const found = new Date(time).getTime();
  return Number.isNaN(found) ? undefined : found;
}

// A time as ISO 8601 in UTC. What is none stays what it is: the collector is to see it.
export function utc(time) {
  const found = milliseconds(time);
  return found === undefined ? time : new Date(found).toISOString();
}

// Without the members that have nothing to say.
export const filled = (members) => Object.fromEntries(Object.entries(members).filter(([, value]) => ![undefined, null, ""].includes(value)));

export const isEmpty = (object) => Object.keys(object).length === 0;

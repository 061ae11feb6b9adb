// A tracking plan's rules, each a JSON Schema for a whole message, from the two forms that plans come in:
//   { rules: { global, identify, group, page, screen, events: [{ name, version, rules }] } }   Segment's Config API, RudderStack
//   { rules: [{ type: "COMMON" | "IDENTIFY" | … | "TRACK", key, version, jsonSchema }] }        Segment's Public API
// Sources: segment.com/docs/protocols/tracking-plan/create and its Public API; RudderStack's rudder-transformer.
const COMMON = "common";

/** What holds for a message, and whether the plan knows an event. What is no rule is passed over. */
export function rulesOf(plan) {
  const all = Array.isArray(plan?.rules) ? fromList(plan.rules) : fromSections(plan?.rules);
  const versions = (event) => all.filter(({ type, name }) => type === "track" && name === event).sort(byVersion);
  return {
    plans: (event) => versions(event).length > 0,
    of: (message) => [
      ...all.filter(({ type }) => type === COMMON || (type !== "track" && type === message.type)),
      ...(message.type === "track" ? versionOf(versions(message.event), message) : []),
    ],
  };
}

const fromList = (rules) => objects(rules).map(({ type, key, version, jsonSchema }) => (
  { type: String(type).toLowerCase(), name: key, version, schema: jsonSchema ?? {} }
));

function fromSections(rules) {
  const { events, global, ...sections } = rules instanceof Object ? rules : {};
  return [
    ...Object.entries({ [COMMON]: global, ...sections }).map(([type, schema]) => ({ type, schema: schema ?? {} })),
    ...objects(events).map(({ name, version, rules: schema }) => ({ type: "track", name, version, schema: schema ?? {} })),
  ];
}

const objects = (list) => (Array.isArray(list) ? list.filter((each) => each instanceof Object) : []);

const byVersion = (one, other) => (Number(one.version) || 0) - (Number(other.version) || 0);

// The version that the message names, else the oldest, as Segment does it.
function versionOf(versions, { context }) {
  const wanted = context?.protocols?.event_version;
  return [...versions.filter(({ version }) => version === wanted), ...versions].slice(0, 1);
}

// Self-describing JSON, and the names of schemas that Snowplow does not publish.
import { snake } from "./names.js";

const LONGEST = 4_096; // as the schema of the README has it

export const describing = (schema, data) => ({ schema, data });

// An event or entity under the site's own schemas. `schema` is an Iglu address in which {event} stands for the event's name.
// One without it is for all events: then the name is among the data, as where a name has no letter of ASCII.
export function customOf({ type, event }, properties, { vendor = "com.privateer", schema = `iglu:${vendor}/{event}/jsonschema/1-0-0` }) {
  const name = event || type;
  const short = snake(name);
  const isNamed = short && schema.includes("{event}");
  return describing(schema.replace("{event}", short || "event"), isNamed ? properties : { name: name.slice(0, LONGEST), properties });
}

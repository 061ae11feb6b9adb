// Self-describing JSON, and the names of schemas that Snowplow does not publish.
import { snake } from "./names.js";

const LONGEST = 4_096; // as the schema of the README has it

export const describing = (schema, data) => ({ schema, data });

// An event or entity under the site's own schemas. `settings.schema` is an Iglu address in which {event} stands for the
// event's name. One without it is for all events: then the name is among the data, as where a name has no letter of ASCII.
export function customOf({ type, event }, properties, settings) {
  const name = event || type;
  const address = addressOf(snake(name), settings);
  return address ? describing(address, properties) : describing(settings.schema ?? addressOf("event", settings), { name: name.slice(0, LONGEST), properties });
}

function addressOf(name, { vendor = "com.privateer", schema = `iglu:${vendor}/{event}/jsonschema/1-0-0` }) {
  return name && schema.includes("{event}") ? schema.replace("{event}", name) : "";
}

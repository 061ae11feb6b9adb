// Snowplow's tracker protocol: POST of payload_data 1-0-4. Every value of a payload is a text. A collector answers 200 also
// to what fails its schema later, so whatever leaves here has to be valid: tests/wire/snowplow.test.mjs.
import { filled, isEmpty, milliseconds, ownProperties } from "./message.js";
import { at } from "./names.js";
import { UUID, entities } from "./snowplow_entities.js";
import { known } from "./snowplow_events.js";
import { customOf, describing } from "./snowplow_schemas.js";

// A collector's maxPayloadSize; what is larger becomes a bad row although the answer is 200.
export const limits = { bytes: 1_048_576 };

const PAYLOAD = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4";
const UNSTRUCTURED = "iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0";
const CONTEXTS = "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0";

export function encode(messages, { url, writeKey, sentAt, settings = {} }) {
  const shared = { p: "web", aid: writeKey, stm: milliseconds(sentAt) };
  return {
    url: at(url, "/com.snowplowanalytics.snowplow/tp2"),
    // The one content type that the pipeline reads: also while leaving, where it needs a preflight on another origin.
    type: "application/json; charset=UTF-8",
    body: JSON.stringify({ schema: PAYLOAD, data: messages.map((message) => texts({ ...shared, ...payload(message, settings) })) }),
  };
}

function payload(message, settings) {
  const { context = {} } = message;
  const { page = {}, screen = {}, library = {} } = context;
  return {
    ...happened(message, settings),
    eid: message.messageId,
    tv: `${library.name ?? "privateer"}-${library.version ?? "0"}`,
    dtm: milliseconds(message.timestamp),
    tz: context.timezone,
    lang: context.locale,
    url: page.url,
    page: page.title,
    refr: page.referrer,
    res: size(screen.width, screen.height),
    vp: size(screen.innerWidth, screen.innerHeight),
    duid: message.anonymousId,
    uid: message.userId,
    sid: UUID.test(context.sessionId) ? context.sessionId : undefined,
    vid: context.sessionIndex,
  };
}

// Page views have a form of their own; everything else is described by a schema, Snowplow's where there is one.
function happened(message, settings) {
  const own = ownProperties(message);
  if (message.type === "page") return { e: "pv", co: contexts(message, own, settings) };
  const fit = message.type === "track" ? known(message.event, own) : undefined;
  const event = fit ? describing(fit.schema, fit.data) : customOf(message, bodyOf(message), settings);
  return { e: "ue", ue_pr: JSON.stringify(describing(UNSTRUCTURED, event)), co: contexts(message, fit?.rest ?? {}, settings) };
}

const bodyOf = ({ type, properties, traits, groupId, previousId, userId }) => ({
  ...properties,
  ...traits,
  ...filled({ groupId, previousId, userId: type === "alias" ? userId : undefined }),
});

// What a schema of Snowplow's had no place for goes along as an entity, where the site has schemas of its own.
function contexts(message, rest, settings) {
  const found = entities(message, settings);
  if (settings.vendor && !isEmpty(rest)) found.push(customOf(message, rest, settings));
  return found.length ? JSON.stringify(describing(CONTEXTS, found)) : undefined;
}

const size = (width, height) => (width >= 0 && height >= 0 ? `${Math.round(width)}x${Math.round(height)}` : undefined);

const texts = (members) => Object.fromEntries(Object.entries(filled(members)).map(([name, value]) => [name, String(value)]));

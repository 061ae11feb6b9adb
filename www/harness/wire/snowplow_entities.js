// What Snowplow calls entities: the circumstances of an event, each under a schema.
import { filled, isEmpty } from "./message.js";
import { describing } from "./snowplow_schemas.js";

const PUBLIC = "iglu:com.snowplowanalytics.snowplow/";

export const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

export const entities = (message, settings) => [webPage(message), clientSession(message), settings.vendor && visit(message, settings)].filter(Boolean);

// The page view that an event belongs to; a page view belongs to itself.
function webPage({ type, messageId, context = {} }) {
  const id = context.pageViewId ?? (type === "page" ? messageId : undefined);
  return UUID.test(id) && describing(`${PUBLIC}web_page/jsonschema/1-0-0`, { id });
}

// Snowplow counts sessions from 1; 0 says that nobody counted them.
function clientSession({ anonymousId, context = {} }) {
  const { sessionId, sessionIndex = 0, sessionEvent } = context;
  if (!UUID.test(anonymousId) || !UUID.test(sessionId)) return undefined;
  return describing(`${PUBLIC}client_session/jsonschema/1-0-2`, filled({
    userId: anonymousId,
    sessionId,
    sessionIndex: whole(sessionIndex) ?? 0,
    eventIndex: whole(sessionEvent),
    storageMechanism: "LOCAL_STORAGE",
  }));
}

const whole = (value) => (Number.isInteger(value) && value >= 0 && value < 2 ** 31 ? value : undefined);

// Snowplow reads campaigns off a page's address alone; ours outlive it.
function visit({ context = {} }, { vendor }) {
  const { campaign, channelGroup, windowId, referrer, consent, sampleRate, firstTouch } = context;
  const data = filled({ campaign, channelGroup, windowId, referralCode: referrer?.id, consent: consent?.categoryPreferences, sampleRate, firstTouch });
  return !isEmpty(data) && describing(`iglu:${vendor}/visit/jsonschema/1-0-0`, data);
}

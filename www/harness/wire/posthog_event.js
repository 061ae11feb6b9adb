// A Segment message as an event of PostHog.
import { filled, isEmpty, ownProperties, utc } from "./message.js";

// PostHog drops longer names and ids.
const LONGEST = 200;

// PostHog wants a type of group; Segment has none.
const GROUP = "company";

const CAMPAIGN = { source: "utm_source", medium: "utm_medium", name: "utm_campaign", term: "utm_term", content: "utm_content" };

// What the page says of itself stands below what the event says, so that a hook of the page's has the last word.
export function posthogEvent(message, settings = {}) {
  const { event, distinct_id, properties } = KINDS[message.type]?.(message, settings) ?? KINDS.track(message);
  return {
    event: String(event).slice(0, LONGEST),
    distinct_id: String(distinct_id ?? idOf(message)).slice(0, LONGEST),
    uuid: message.messageId,
    timestamp: utc(message.timestamp),
    properties: { ...surroundings(message, settings), ...properties },
  };
}

const idOf = ({ userId, anonymousId }) => userId || anonymousId || "";

const KINDS = {
  track: ({ event, type, userId, properties }) => ({ event: event || type, properties: { ...unnamed(userId), ...properties } }),
  page: (message) => ({ event: "$pageview", properties: { ...unnamed(message.userId), ...ownProperties(message) } }),
  identify: ({ userId, anonymousId, traits = {} }) =>
    userId
      ? { event: "$identify", properties: { $anon_distinct_id: anonymousId, $set: traits } }
      : { event: "$set", properties: { $set: traits } },
  // What is known under the earlier id moves to the later one.
  alias: ({ userId, previousId, anonymousId }) => ({ event: "$create_alias", properties: { distinct_id: userId, alias: previousId || anonymousId } }),
  group: ({ groupId, traits = {} }, { group_type = GROUP }) => ({
    event: "$groupidentify",
    properties: filled({
      $group_type: group_type,
      $group_key: groupId,
      $group_set: isEmpty(traits) ? undefined : traits,
      $groups: { [group_type]: groupId },
    }),
  }),
};

// As PostHog's own library for pages: whoever has not said who they are gets no profile. What makes profiles must not
// carry this, or it is dropped.
const unnamed = (userId) => (userId ? {} : { $process_person_profile: false });

function surroundings({ anonymousId, context = {} }, { group_type = GROUP }) {
  const { page = {}, library = {}, screen = {}, campaign = {} } = context;
  return filled({
    $lib: library.name,
    $lib_version: library.version,
    $device_id: anonymousId,
    $session_id: context.sessionId,
    $window_id: context.windowId,
    $pageview_id: context.pageViewId,
    $current_url: page.url,
    $host: hostOf(page.url),
    $pathname: page.path,
    title: page.title,
    $referrer: page.referrer || "$direct",
    $referring_domain: hostOf(page.referrer) || "$direct",
    $browser_language: context.locale,
    $timezone: context.timezone,
    $raw_user_agent: context.userAgent,
    $screen_width: screen.width,
    $screen_height: screen.height,
    $viewport_width: screen.innerWidth,
    $viewport_height: screen.innerHeight,
    ...campaignOf(campaign),
    channel_group: context.channelGroup,
    session_sequence: context.sessionEvent,
    referral_code: context.referrer?.id,
    consent: context.consent?.categoryPreferences,
    sample_rate: context.sampleRate,
    first_touch: context.firstTouch,
    $groups: context.groupId && { [group_type]: context.groupId },
  });
}

const campaignOf = (campaign) => Object.fromEntries(Object.entries(campaign).map(([name, value]) => [CAMPAIGN[name] ?? name, value]));

function hostOf(url) {
  try {
    return new URL(url).host;
  } catch {
    return "";
  }
}

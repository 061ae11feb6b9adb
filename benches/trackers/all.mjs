// Everybody who is measured tracking; Privateer is the first.
import { amplitude } from "./amplitude.mjs";
import { countly } from "./countly.mjs";
import { plausible } from "./plausible.mjs";
import { posthog } from "./posthog.mjs";
import { privateer } from "./privateer.mjs";
import { rudderstack } from "./rudderstack.mjs";
import { segment } from "./segment.mjs";
import { snowplow, snowplowTuned } from "./snowplow.mjs";

export const TRACKERS = [privateer, snowplow, snowplowTuned, rudderstack, segment, posthog, amplitude, countly, plausible];

// What some products ask their own service for before they track: answered here, so that nobody asks the network.

const SEGMENT = { integrations: { "Segment.io": { apiKey: "key", versionSettings: { version: "4.4.7", componentTypes: ["browser"] } } }, plan: { track: { __default: { enabled: true, integrations: {} } } } };

const RUDDERSTACK = { source: {
  id: "source", name: "page", writeKey: "key", enabled: true, workspaceId: "workspace", config: { statsCollection: {} }, connections: [], destinations: [], dataplanes: {},
} };

const POSTHOG = {
  featureFlags: {}, featureFlagPayloads: {}, errorsWhileComputingFlags: false, supportedCompression: ["gzip", "gzip-js"], sessionRecording: false, surveys: false,
  heatmaps: false, siteApps: [], autocapture_opt_out: true, capturePerformance: false, autocaptureExceptions: false, hasFeatureFlags: false, isAuthenticated: false, toolbarParams: {},
};

const ANSWERS = [
  [/^\/v1\/projects\/[^/]+\/settings$/, SEGMENT],
  [/^\/sourceConfig\/?$/, RUDDERSTACK],
  [/^\/(decide|flags)\/?$/, POSTHOG],
  [/^\/array\/[^/]+\/config$/, POSTHOG],
  [/^\/o\/sdk$/, {}],
];

/** The settings at a path; undefined where there are none. */
export const settingsAt = (path) => ANSWERS.find(([paths]) => paths.test(path))?.[1];

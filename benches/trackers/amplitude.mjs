// https://amplitude.com/docs/sdks/analytics/browser/browser-sdk-2: its remote configuration has no address of one's own, so it is off.
export const amplitude = {
  name: "@amplitude/analytics-browser",
  script: (collector) => `
    import * as amplitude from "@amplitude/analytics-browser";
    const remoteConfig = { fetchRemoteConfig: false };
    await amplitude.init("key", { serverUrl: "${collector}/2/httpapi", remoteConfig }).promise;
    window.tracker = { track: (name, properties) => amplitude.track(name, properties), flush: () => amplitude.flush() };`,
};

// https://www.rudderstack.com/docs/sources/event-streams/sdks/rudderstack-javascript-sdk/: the build that needs no other script.
export const rudderstack = {
  name: "@rudderstack/analytics-js",
  script: (collector) => `
    import { RudderAnalytics } from "@rudderstack/analytics-js/bundled";
    const analytics = new RudderAnalytics();
    analytics.load("key", "${collector}", { configUrl: "${collector}" });
    await new Promise((done) => analytics.ready(done));
    window.tracker = { track: (name, properties) => analytics.track(name, properties), flush() {} };`,
};

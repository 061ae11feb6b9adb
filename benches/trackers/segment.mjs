// https://segment.com/docs/connections/sources/catalog/libraries/website/javascript/: settings and events from addresses of one's own.
export const segment = {
  name: "@segment/analytics-next",
  script: (collector) => `
    import { AnalyticsBrowser } from "@segment/analytics-next";
    const integrations = { "Segment.io": { apiHost: "${new URL(collector).host}/v1", protocol: "http" } };
    const analytics = AnalyticsBrowser.load({ writeKey: "key", cdnURL: "${collector}" }, { integrations });
    await analytics;
    window.tracker = { track: (name, properties) => analytics.track(name, properties), flush() {} };`,
};

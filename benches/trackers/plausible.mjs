// https://www.npmjs.com/package/@plausible-analytics/tracker: it ignores 127.0.0.1 unless told otherwise.
export const plausible = {
  name: "@plausible-analytics/tracker",
  script: (collector) => `
    import { init, track } from "@plausible-analytics/tracker";
    init({ domain: "example.com", endpoint: "${collector}/api/event", captureOnLocalhost: true });
    window.tracker = { track: (name, props) => track(name, { props }), flush() {} };`,
};

// https://posthog.com/docs/libraries/js: it drops what exceeds ten events a second unless told otherwise; here it is to do the same work.
export const posthog = {
  name: "posthog-js",
  script: (collector) => `
    import posthog from "posthog-js";
    const rate = { events_per_second: 10000, events_burst_limit: 100000 };
    await new Promise((loaded) => posthog.init("key", { api_host: "${collector}", defaults: "2025-05-24", rate_limiting: rate, loaded }));
    window.tracker = { track: (name, properties) => posthog.capture(name, properties), flush() {} };`,
};

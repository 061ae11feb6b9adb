export const privateer = {
  name: "privateer",
  script: (collector) => `
    import { start } from "./pkg/index.js";
    const page = await start({ site: { delivery: { url: "${collector}/v1/batch" } } });
    window.tracker = { track: (name, properties) => page.track(name, properties), flush: () => page.flush() };`,
};

// A page that tracks nothing: what the browser itself takes.
export const nothing = {
  name: "no tracker",
  script: () => `window.tracker = { track() {}, flush() {} };`,
};

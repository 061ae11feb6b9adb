// Pages that start Privateer themselves, with what only a script can say: hooks, an encoder, debug.

const OWN = '<script type="module" src="/own.js"></script>';

/**
 * The change of a site whose "/" and "/next" start with these options, written as in the page's own script.
 * @param {string} options e.g. "debug: true"
 */
export const ownStart = (options) => ({
  pages: { "/": OWN, "/next": OWN },
  scripts: { "/own.js": `import { start } from "/pkg/index.js";\nwindow.privateer = start({ site: "/site.json", ${options} });` },
});

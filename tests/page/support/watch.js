// Runs before every other script of a tested page and writes down what a person with open developer tools would see.
window.watched = { warnings: [], errors: [], uncaught: [], violations: [] };

for (const [level, list] of [["warn", "warnings"], ["error", "errors"]]) {
  const original = console[level];
  console[level] = (...words) => {
    window.watched[list].push(words.map(String).join(" "));
    original.apply(console, words);
  };
}

addEventListener("error", (event) => {
  // A resource that did not load has no message; that is the browser's word, not the page's mistake.
  if (event.message) window.watched.uncaught.push(event.message);
});
addEventListener("unhandledrejection", (event) => window.watched.uncaught.push(String(event.reason)));
addEventListener("securitypolicyviolation", (event) => window.watched.violations.push(`${event.violatedDirective} ${event.blockedURI}`));

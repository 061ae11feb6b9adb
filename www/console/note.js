// One sentence above every view: whose numbers these are.
import { decimal, plural } from "./words.js";

const note = document.querySelector("#note");

export function noteFor(source, summary) {
  const text = source.simulated ? aboutSimulation(source.run) : aboutBrowser(source, summary);
  // It is a live region: the same words again must not be read out again.
  if (note.textContent !== text) note.textContent = text;
  note.classList.toggle("simulated", source.simulated);
}

function aboutSimulation(run) {
  if (!run) return "Simulated visitors walk through the same engine as real ones. Nothing of it is stored or sent.";
  if (run.running) return `Simulated, seed ${run.seed}. Visitors are arriving; the numbers grow as they do.`;
  const end = run.cancelled ? `, cancelled before the planned ${plural(run.of, "visitor")}` : "";
  return `These are ${plural(run.done, "simulated visitor")} (seed ${run.seed})${end}, done in ${decimal(run.ms / 1000)} seconds. They spread over two made-up weeks and walked through the same engine as the page does; nothing of it is stored or sent.`;
}

function aboutBrowser({ unreadable }, { events, skipped }) {
  if (events + skipped + unreadable === 0) return "These would be the events that Privateer keeps in this browser.";
  const odd = skipped + unreadable;
  const doubt = odd ? ` ${plural(odd, "entry", "entries")} could not be used.` : "";
  return `${plural(events, "event")} of this browser, kept in its storage. One browser says little about an experiment; the collector has all of them.${doubt}`;
}

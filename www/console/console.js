// The console: which view is open, where its numbers come from, and when to draw again.
import { BrowserSource } from "./browser-source.js";
import { watchLog } from "./log.js";
import { noteFor } from "./note.js";
import { SimulatedSource } from "./simulated-source.js";
import { siteText } from "./site.js";
import * as toolbar from "./toolbar.js";
import { attempt } from "./trouble.js";
import * as experiments from "./views/experiments.js";
import * as funnel from "./views/funnel.js";
import * as live from "./views/live.js";
import * as model from "./views/model.js";
import * as program from "./views/program.js";
import * as referral from "./views/referral.js";
import * as score from "./views/score.js";

const VISITORS = 10_000;
const views = { live, experiments, funnel, score, model, referral, program };
const content = document.querySelector("#content");
const browser = new BrowserSource();
const simulated = new SimulatedSource();

let source = browser;
let refreshing = Promise.resolve();
let drawing = null;
let drawAgain = false;

for (const view of Object.values(views)) view.prepare(draw);
toolbar.prepare({ choose, simulate, cancel: () => simulated.cancel() });
addEventListener("hashchange", draw);
new ResizeObserver(onlyWhenWidthChanges(draw)).observe(content);
watchLog(refreshBrowser);
await refreshBrowser();

/** Draws the open view. While one drawing is under way, any number of wishes become one more. */
function draw() {
  drawAgain = true;
  drawing ??= (async () => {
    while (drawAgain) {
      drawAgain = false;
      await attempt("This view could not be drawn", drawOnce);
    }
    drawing = null;
  })();
  return drawing;
}

async function drawOnce() {
  const open = openView();
  const summary = (await source.ask("summary")) ?? { events: 0, skipped: 0, days: 0, names: [] };
  noteFor(source, summary);
  await views[open].render({ source, summary, width: content.clientWidth - padding(content) });
}

function openView() {
  const wanted = location.hash.slice(1);
  const open = wanted in views ? wanted : "live";
  for (const name of Object.keys(views)) document.querySelector(`#${name}-view`).hidden = name !== open;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${open}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  return open;
}

/** One at a time: a refresh replaces the ledger that the one before is still filling. */
function refreshBrowser() {
  refreshing = refreshing.then(async () => {
    await attempt("The events of this browser could not be counted", () => browser.refresh());
    await attempt("Lead scores could not be worked out", async () => browser.addScores(await siteText()));
    await draw();
  });
  return refreshing;
}

function choose(name) {
  source = name === "simulated" ? simulated : browser;
  return draw();
}

async function simulate(seed) {
  choose("simulated");
  await attempt("The simulation could not run", async () => {
    const site = await siteText();
    await simulated.simulate({ seed, visitors: VISITORS, site }, () => {
      toolbar.showProgress(simulated.run);
      draw();
    });
  });
  toolbar.showProgress(null);
  await draw();
}

function onlyWhenWidthChanges(callback) {
  let before = content.clientWidth;
  return () => {
    if (content.clientWidth === before) return;
    before = content.clientWidth;
    callback();
  };
}

function padding(box) {
  const style = getComputedStyle(box);
  return parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
}

// The toolbar: where the numbers come from, and the simulation's buttons.
import initInsights, { freshSeed } from "/pkg/insights/insights.js";
import { count } from "./words.js";

const form = document.querySelector("#toolbar");
const start = form.querySelector("[type=submit]");
const cancel = form.querySelector("#cancel");
const progress = form.querySelector("#progress");

export function prepare(actions) {
  for (const radio of form.elements.source) radio.addEventListener("change", () => actions.choose(radio.value));
  // A reload may bring back the choice that was made before.
  actions.choose(form.elements.source.value);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.elements.source.value = "simulated";
    actions.simulate(Number(form.elements.seed.value) >>> 0);
  });
  form.querySelector("#other-seed").addEventListener("click", async () => {
    await initInsights();
    form.elements.seed.value = freshSeed();
  });
  cancel.addEventListener("click", actions.cancel);
  start.disabled = false;
}

/** Shows a run's progress; without a running one, the button to start the next. */
export function showProgress(run) {
  const running = Boolean(run?.running);
  const hadFocus = document.activeElement === start || document.activeElement === cancel;
  start.hidden = running;
  cancel.hidden = !running;
  progress.closest("label").hidden = !running;
  if (hadFocus) (running ? cancel : start).focus();
  if (!running) return;
  progress.value = run.done / run.of;
  form.querySelector("#progress-text").textContent = count(run.done);
}

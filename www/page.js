// The landing page's own script: it shows what Privateer knows. The page is complete without it.
import { arrival } from "./page/arrival.js";
import * as panel from "./page/panel.js";
import * as form from "./page/form.js";
import * as invite from "./page/invite.js";
import * as channels from "./page/channels.js";
import * as friends from "./page/friends.js";
import * as claim from "./page/claim.js";
import * as variation from "./page/variation.js";
import * as score from "./page/score.js";
import * as events from "./page/events.js";
import * as consent from "./page/consent.js";
import * as problems from "./page/problems.js";

const parts = [panel, variation, score, events, invite, channels, friends, claim, consent, problems];

for (const part of [panel, form, invite, claim]) part.prepare();

const { privateer, why } = await arrival();
if (privateer) {
  show(privateer);
} else {
  for (const part of [problems, invite]) part.renderAbsence(why);
  // Better late than never.
  window.privateer?.then(show, () => {});
}

function show(privateer) {
  for (const part of parts) part.wire?.(privateer);
  const render = () => parts.forEach((part) => part.render(privateer));
  privateer.subscribe(oncePerFrame(render));
  render();
}

/** Many changes in one task (a form submit is three events) cost one rendering. */
function oncePerFrame(render) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      render();
    });
  };
}

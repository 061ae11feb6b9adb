// IAB Transparency and Consent Framework, version 2. Consent for purposes is read, for the page's own use of its own data;
// consent for vendors is not, and legitimate interest counts for nothing.
// Source: IAB Tech Lab, CMP API v2 (final v2.1, May 2023): addEventListener, TCData, the stub.
import { toolIn, windowAbove } from "./frame.js";
import { WAITING } from "./purposes.js";
import { quietly } from "../quietly.js";

const VERSION = 2;
const ANSWERED = ["tcloaded", "useractioncomplete"];

export function watchTcf(changed) {
  let tool = null; // whom we asked: { ask, end }, and what it belongs to
  let heard = false;
  let listener;
  let says = {};

  const hear = (data, success) => {
    if (!success) return;
    heard = true;
    listener = quietly(() => data.listenerId);
    says = quietly(() => read(data, says), WAITING);
    changed();
  };

  // A stub keeps our question until the tool has loaded. Where the tool forgets its stub's questions, it is asked again.
  const look = () => {
    const owner = functionHere() ?? tool?.owner ?? windowAbove();
    if (heard || !owner || owner === tool?.owner) return;
    tool?.end();
    tool = { owner, ...(typeof owner === "function" ? toolHere(owner) : toolIn(owner)) };
    says = WAITING;
    tool.ask("addEventListener", VERSION, hear);
  };

  const stop = () => {
    if (listener !== undefined) quietly(() => tool.ask("removeEventListener", VERSION, () => {}, listener));
    tool?.end();
  };

  return { look, says: () => says, stop };
}

const functionHere = () => (typeof window.__tcfapi === "function" ? window.__tcfapi : null);

// The function may be another one by the time we leave.
const toolHere = (first) => ({ ask: (...question) => (functionHere() ?? first).call(window, ...question), end() {} });

// Where GDPR does not apply, nothing was asked. While the question stands on the screen again, the last answer holds.
// A string of the global scope is no valid answer since September 2021.
function read({ gdprApplies, eventStatus, isServiceSpecific, purpose }, before) {
  if (gdprApplies === false) return {};
  if (!ANSWERED.includes(eventStatus)) return before.analytics === undefined ? WAITING : before;
  return gdprApplies !== true || isServiceSpecific === false ? WAITING : consents(purpose.consents);
}

// 1 store or access information on a device; 2 basic ads, 3 an advertising profile, 4 personalised ads; 7 measure ads,
// 8 measure content, 9 understand audiences; 10 improve services.
function consents(given) {
  const [store, basic, profile, personal, ads, content, audiences, improve] = [1, 2, 3, 4, 7, 8, 9, 10].map((id) => given[id] === true);
  return {
    experiments: store && (content || improve),
    analytics: store && (ads || content || audiences),
    marketing: store && profile && (personal || basic),
  };
}

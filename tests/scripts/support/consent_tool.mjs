// A consent tool as IAB Tech Lab's CMP API v2 describes it: a stub that keeps questions, and the tool that comes later.

const BASICS = { cmpId: 1000, cmpVersion: 1, tcfPolicyVersion: 5, isServiceSpecific: true };

/** The stub: it only keeps what it is asked. */
export function putStub(window) {
  const kept = [];
  window.__tcfapi = (...question) => kept.push(question);
  return kept;
}

/** The tool itself. It takes over the questions that a stub kept, unless it is one that forgets. */
export function putTool(window, { kept = [], ...first } = {}) {
  const listeners = new Map();
  let now = { ...BASICS, gdprApplies: true, ...first };
  const answer = (id) => listeners.get(id)({ ...now, listenerId: id }, true);
  window.__tcfapi = (command, version, callback, parameter) => {
    if (version !== 2) return callback(null, false);
    if (command === "removeEventListener") return callback(listeners.delete(parameter));
    if (command !== "addEventListener") return callback(null, false);
    listeners.set(listeners.size + 1, callback);
    answer(listeners.size);
  };
  for (const question of kept) window.__tcfapi(...question);
  return {
    listeners,
    /** Says something new; `purposes` are those consented to. */
    say(eventStatus, purposes = [], more = {}) {
      const consents = Object.fromEntries(purposes.map((id) => [id, true]));
      now = { ...now, eventStatus, purpose: { consents, legitimateInterests: {} }, ...more };
      for (const id of [...listeners.keys()]) answer(id);
    },
  };
}

// A consent tool for tests, as IAB Tech Lab's CMP API v2 describes one: its stub is here at once, with the frame that marks its
// window and the answers to messages; the tool itself comes with cmp.come(). cmp.say() is the visitor's part.
{
  const kept = [];
  window.__tcfapi = (...question) => kept.push(question);

  const mark = document.createElement("iframe");
  mark.name = "__tcfapiLocator";
  mark.hidden = true;
  document.documentElement.append(mark);

  addEventListener("message", ({ data, source }) => {
    const asked = typeof data === "string" ? JSON.parse(data) : data;
    if (!asked?.__tcfapiCall) return;
    const { command, version, parameter, callId } = asked.__tcfapiCall;
    window.__tcfapi(command, version, (returnValue, success) => {
      const answer = { __tcfapiReturn: { returnValue, success, callId } };
      source.postMessage(typeof data === "string" ? JSON.stringify(answer) : answer, "*");
    }, parameter);
  });

  const listeners = new Map();
  let now = { cmpId: 1000, cmpVersion: 1, tcfPolicyVersion: 5, gdprApplies: true, isServiceSpecific: true };
  const answer = (id) => listeners.get(id)?.({ ...now, listenerId: id }, true);
  const tool = (command, version, callback, parameter) => {
    if (command === "removeEventListener") return callback(listeners.delete(parameter));
    if (command !== "addEventListener" || version !== 2) return callback(null, false);
    const id = listeners.size + 1;
    listeners.set(id, callback);
    answer(id);
  };

  window.cmp = {
    listeners,
    come() {
      window.__tcfapi = tool;
      for (const question of kept.splice(0)) tool(...question);
    },
    say(eventStatus, purposes = [], more = {}) {
      const consents = Object.fromEntries(purposes.map((id) => [id, true]));
      now = { ...now, eventStatus, purpose: { consents, legitimateInterests: {} }, ...more };
      for (const id of [...listeners.keys()]) answer(id);
    },
  };
}

// How it stands with this visitor's invitation. Whatever speaks of codes asks here, so that all of it says the same.

/** What the invite box says while there is no code, or none to pass on. */
export const WORDS = {
  absent: "Privateer is not running here, so there is no code for you.",
  // There is no program, or its part could not be loaded: the page cannot tell which.
  none: "There are no invitations here at the moment.",
  denied: "No code is made without your consent.",
  pending: "Your code is made once you agree that events are kept and sent.",
  waiting: "The site’s server has not given you a code yet.",
  closed: "Invitations are not open to you yet.",
  open: "",
};

/** One of the words above; "open" is the one with which the visitor may invite. */
export function standing(privateer) {
  if (!privateer?.ready) return "absent";
  const { program, code, invites } = privateer.referral();
  if (!program) return "none";
  const consent = privateer.consent();
  if (consent !== "granted") return consent;
  if (!code) return "waiting";
  return invites ? "open" : "closed";
}

/** This visitor's code, once they have agreed that there is one. */
export const ownCode = (privateer) => (["open", "closed"].includes(standing(privateer)) ? privateer.referral().code : null);

/** Shows what is meant for a standing: elements name theirs, as in data-standing="open closed". */
export function stand(present) {
  for (const part of document.querySelectorAll("[data-standing]")) part.hidden = !part.dataset.standing.split(" ").includes(present);
}

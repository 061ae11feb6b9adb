// What became of this browser's events: kept beside the visitor's record, told in figures and, for what a collector refused, by name.
import { element, figures, table } from "./dom.js";
import { count } from "./words.js";

const VISITOR = "privateer.visitor";

/** @returns {{delivered: number, dropped: number, refused: {messageId: string, event: string, status: number}[]}} as the record has it; zeros without one */
export function readDelivery(storage) {
  const { delivered, dropped, refusals } = record(storage);
  return { delivered: whole(delivered), dropped: whole(dropped), refused: Array.isArray(refusals) ? refusals.filter(isRefusal) : [] };
}

/** Fills a place: the figures, and the last events that a collector refused, newest first. */
export function showDelivery(place, { delivered, dropped, refused }, waiting) {
  place.replaceChildren(
    figures([["waiting here", count(waiting)], ["delivered", count(delivered)], ["given up", count(dropped)]]),
    ...(refused.length ? [refusals([...refused].reverse())] : []),
  );
}

const refusals = (rows) => table("Refused by the collector: the last ones, by name. The collector is told how many there were.", [
  ["Event", ({ event }) => event || "(without a name)"],
  ["Status", ({ status }) => status, true],
  ["Message id", ({ messageId }) => messageId],
], rows);

function record(storage) {
  try {
    return JSON.parse((storage ?? window.localStorage).getItem(VISITOR)) ?? {};
  } catch { // The browser may deny storage, and anybody may write there.
    return {};
  }
}

const whole = (number) => (Number.isSafeInteger(number) && number > 0 ? number : 0);

const isRefusal = (refusal) => typeof refusal?.messageId === "string" && typeof refusal.event === "string" && Number.isInteger(refusal.status);

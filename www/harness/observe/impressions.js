// Elements marked with data-privateer-impression that were looked at: half in view, for a second.
import { properties } from "../marked.js";
import { inWords, note, wayTo } from "./element.js";
import { eachOf } from "./arrivals.js";
import { whenSeen } from "./seen.js";

const SHARE = 0.5;
const MS = 1000;

export function impressions(watch) {
  const seen = whenSeen(watch, { share: SHARE, ms: MS }, (element) => {
    const { element_tag, element_path } = inWords(watch, note(wayTo(element)));
    watch.track(element.dataset.privateerImpression || "Element Viewed", { element_tag, element_path, ...properties(element) });
  });
  eachOf(watch, "[data-privateer-impression]", seen.add);
  watch.begins(seen.again);
}

// Who passes invitations on, who comes with them, who of those signs up.
import { element, figures, table } from "../dom.js";
import { showEmpty } from "../empty.js";
import { count, percent } from "../words.js";

const SHOWN = 20;
const section = document.querySelector("#referral-view");
const result = section.querySelector("#referral-result");

export function prepare() {}

export async function render({ source, summary }) {
  const counted = await source.ask("referrals");
  const isEmpty = !counted || summary.events === 0;
  showEmpty(section, source, isEmpty);
  result.replaceChildren(...(isEmpty ? [] : show(counted)));
}

function show({ advocates, sharers, arrivals, signUps, rows }) {
  return [
    figures([
      ["visitors with a code of their own", count(advocates)],
      ["visitors who passed theirs on", count(sharers)],
      ["visitors who came with a code", count(arrivals)],
      ["of these asked for a trial", count(signUps)],
    ]),
    ...(rows.length ? byCode(rows) : [element("p", { class: "hint" }, "Nobody has come with a code yet. Copy your link on the example page and open it in a private window to be your own friend; that window keeps its own events, so look at the console there.")]),
  ];
}

function byCode(rows) {
  const caption = rows.length > SHOWN ? `The ${SHOWN} codes that brought most visitors, of ${count(rows.length)}` : "Arrivals by code";
  return [table(caption, [
    ["Code", (row) => row.code],
    ["Arrivals", (row) => count(row.arrivals), true],
    ["Asked for a trial", (row) => count(row.signUps), true],
    ["Share", (row) => percent(row.signUps / row.arrivals), true],
  ], rows.slice(0, SHOWN))];
}

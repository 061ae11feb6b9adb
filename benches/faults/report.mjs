// The table: a line for every fault, a column for every product, "12 (+3)" for twelve events that arrived and three copies.

/** @param {object[]} rows what was found @param {string[]} products the columns */
export function report(rows, products) {
  const faults = [...new Set(rows.map(({ fault }) => fault))];
  const at = (fault, product) => rows.find((row) => row.fault === fault && row.product === product);
  const sums = [["faults without a loss", (mine) => `${mine.filter(({ lost }) => lost === 0).length} of ${mine.length}`],
    ["events lost", (mine) => total(mine, "lost")], ["copies", (mine) => total(mine, "copies")], ["errors in the page", (mine) => total(mine, "errors")]];
  const lines = [
    ["fault", ...products],
    ...faults.map((fault) => [fault, ...products.map((product) => cell(at(fault, product)))]),
    ...sums.map(([name, of]) => [name, ...products.map((product) => of(rows.filter((row) => row.product === product && !row.failed)))]),
  ];
  return aligned(lines);
}

const cell = ({ events, lost, copies, started, failed }) =>
  failed ? "not played" : `${events - lost} of ${events}${copies ? ` (+${copies})` : ""}${started ? "" : " never ready"}`;

const total = (rows, what) => String(rows.reduce((sum, row) => sum + row[what], 0));

function aligned(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return `\n${lines.map((line) => `  ${line.map((text, column) => text.padEnd(widths[column])).join("  ").trimEnd()}`).join("\n")}\n`;
}

/** A case's rows as text: one line a subject, with its ratio to the first. */
export function table(rows) {
  return rows.map((row, place) => line(row, place === 0 ? null : row.value / rows[0].value)).join("\n");
}

function line({ subject, value, unit, better }, ratio) {
  const times = ratio === null ? "" : `${ratio.toFixed(ratio < 10 ? 2 : 0)} x`;
  const remark = better === "higher" ? "  higher is better" : "";
  return `    ${subject.padEnd(34)}${amount(value).padStart(12)} ${unit.padEnd(6)}${times.padStart(9)}${remark}`;
}

const amount = (value) => value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 });

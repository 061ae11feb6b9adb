// Node's test events, one JSON line for each test that ended: what `npm test` counts.
import { relative } from "node:path";
import { inspect } from "node:util";

export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    if (data.details?.type === "suite" || isWholeFile(data)) continue;
    yield `${JSON.stringify(summary(type, data))}\n`;
  }
}

// A file that only holds failed tests is reported as a test once more.
const isWholeFile = (data) => data.details?.error?.failureType === "subtestsFailed";

function summary(type, data) {
  const outcome = data.skip !== undefined || data.todo !== undefined ? "skipped" : type === "test:pass" ? "passed" : "failed";
  const file = data.file ? relative(process.cwd(), data.file) : "";
  if (outcome !== "failed") return { outcome, name: data.name, file, ...(typeof data.skip === "string" && { why: data.skip }) };
  const error = data.details.error?.cause ?? data.details.error;
  return { outcome, name: data.name, file, error: typeof error === "string" ? error : error?.stack ?? inspect(error) };
}

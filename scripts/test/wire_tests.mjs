// The encoders against their schemas, PostHog's step tests, and what is delivered to real ends.
import { prepareRotel } from "../setup/rotel.mjs";
import { nodeTests } from "./node_tests.mjs";

export async function wireTests(line) {
  const rotel = await prepareRotel(line);
  return nodeTests("tests/wire", line, { env: rotel ? { ROTEL: rotel } : {} });
}

// npm run conformance -- growthbook FILE: GrowthBook's shared cases, put to what ships.
import { main } from "./shared/stop.mjs";
import { setup } from "./setup/setup.mjs";
import { readOptions } from "./conformance/options.mjs";

main(async () => {
  const options = readOptions(process.argv.slice(2));
  await setup();
  const { build } = await import("./build/build.mjs");
  await build();
  const { conformance } = await import("./conformance/conformance.mjs");
  await conformance(options);
});

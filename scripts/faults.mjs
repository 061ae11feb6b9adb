// npm run faults: Privateer and its peers under faults, in real browsers.
import { main } from "./shared/stop.mjs";
import { setup } from "./setup/setup.mjs";

main(async () => {
  await setup();
  const { build } = await import("./build/build.mjs");
  await build();
  const { faults } = await import("../benches/faults.mjs");
  await faults(process.argv.slice(2));
});

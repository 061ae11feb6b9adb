// npm run bench: Privateer beside its peers, on this machine.
import { main } from "./shared/stop.mjs";
import { setup } from "./setup/setup.mjs";

main(async () => {
  await setup();
  const { build } = await import("./build/build.mjs");
  await build();
  const { bench } = await import("../benches/bench.mjs");
  await bench(process.argv.slice(2));
});

// npm run simulate: many simulated visits, in release mode. -- --visits 1000000 --seed 1 --first 0
import { main } from "./shared/stop.mjs";
import { prepareRust } from "./setup/rust.mjs";
import { during } from "./shared/progress.mjs";
import { readOptions } from "./simulate/options.mjs";
import { simulate } from "./simulate/simulate.mjs";

main(async () => {
  const options = readOptions(process.argv.slice(2));
  await during("Rust", prepareRust);
  process.exitCode = await simulate(options);
});

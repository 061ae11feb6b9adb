// npm test: set up, build, then every suite; the last line counts.
import { main } from "./shared/stop.mjs";
import { test } from "./test/test.mjs";

main(() => test(process.argv.slice(2)));

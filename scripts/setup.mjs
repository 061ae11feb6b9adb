// npm run setup: what is needed, what was found, what was installed.
import { main } from "./shared/stop.mjs";
import { setup } from "./setup/setup.mjs";

main(() => setup({ thorough: true }));

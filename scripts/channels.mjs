// node scripts/channels.mjs: writes www/harness/channel/lists.js anew from the lists under tests/data/channels.
import { writeFileSync } from "node:fs";
import { LISTS, listsModule } from "./channels/lists_module.mjs";
import { main } from "./shared/stop.mjs";

main(async () => writeFileSync(LISTS, listsModule()));

// npm run serve: the pages as they were built last.
import { main } from "./shared/stop.mjs";
import { serve } from "./serve/serve.mjs";

main(serve);

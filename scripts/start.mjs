// npm start: set up what is missing, build what changed, serve.
import { main } from "./shared/stop.mjs";
import { serve } from "./serve/serve.mjs";
import { setup } from "./setup/setup.mjs";

main(async () => {
  await setup();
  const { build } = await import("./build/build.mjs");
  await build();
  await serve();
});

// npm run build: everything under pkg/ and www/vendor/.
import { main } from "./shared/stop.mjs";
import { setup } from "./setup/setup.mjs";

main(async () => {
  await setup();
  const { build } = await import("./build/build.mjs");
  await build();
});

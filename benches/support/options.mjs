import { Stop } from "../../scripts/shared/stop.mjs";

/** `--name=value` or `--name value`; only names that `options` has, which also says what holds without them. */
export function readOptions(args, options, { command, example }) {
  const words = args.flatMap((argument) => (argument.startsWith("--") ? argument.split(/=(.*)/s).filter(Boolean) : [argument]));
  const read = { ...options };
  for (let place = 0; place < words.length; place += 2) {
    const name = words[place].replace(/^--/, "");
    if (!words[place].startsWith("--") || !(name in options) || words[place + 1] === undefined) {
      throw new Stop(`${command} does not understand "${words[place]}".`, example);
    }
    read[name] = words[place + 1];
  }
  return read;
}

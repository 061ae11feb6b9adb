import { Stop } from "../shared/stop.mjs";

const KNOWN = { visits: 20_000, seed: 1, first: 0 };
const EXAMPLE = "npm run simulate -- --visits 1000000 --seed 1 --first 0";

/**
 * `--visits 1000`, or `--visits=1000`; the same for `--seed` and `--first`.
 * @returns {{visits: number, seed: number, first: number}}
 */
export function readOptions(args) {
  const words = args.flatMap((argument) => argument.split("="));
  const options = { ...KNOWN };
  for (let place = 0; place < words.length; place += 2) {
    const name = words[place].replace(/^--/, "");
    if (!words[place].startsWith("--") || !Object.hasOwn(KNOWN, name)) throw new Stop(`npm run simulate does not know ${words[place]}.`, EXAMPLE);
    options[name] = whole(name, words[place + 1]);
  }
  return options;
}

function whole(name, text) {
  if (!/^\d{1,15}$/.test(text ?? "")) throw new Stop(`--${name} takes a whole number, not ${text ?? "nothing"}.`, EXAMPLE);
  return Number(text);
}

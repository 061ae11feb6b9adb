// The browsers the tests run in: found where they usually are, installed by the system's package manager when that needs no question.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { say } from "../shared/progress.mjs";
import { answer, lastLines, run } from "../shared/run.mjs";

export const BROWSERS = {
  chromium: {
    label: "Chromium",
    variable: "CHROMIUM",
    programs: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
    places: [
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    ],
    driver: { variable: "CHROMEDRIVER", program: "chromedriver" },
    debian: ["chromium", "chromium-driver"],
    brew: ["--cask", "chromium", "chromedriver"],
  },
  firefox: {
    label: "Firefox",
    variable: "FIREFOX",
    programs: ["firefox-esr", "firefox"],
    places: ["/Applications/Firefox.app/Contents/MacOS/firefox", "C:\\Program Files\\Mozilla Firefox\\firefox.exe"],
    debian: ["firefox-esr"],
    brew: ["--cask", "firefox"],
  },
  webkit: {
    label: "WebKitGTK",
    variable: "WEBKIT_DRIVER",
    programs: ["WebKitWebDriver"],
    places: [],
    // WebKitGTK has no headless mode of its own: it draws on a virtual screen.
    driver: { variable: "XVFB_RUN", program: "xvfb-run" },
    debian: ["webkit2gtk-driver", "xvfb", "xauth"],
    brew: null,
  },
};

/** @returns {{program: string, driver: string | null} | null} where the browser is, or null */
export function findBrowser(engine) {
  const browser = BROWSERS[engine];
  const program = process.env[browser.variable] || onPath(browser.programs) || browser.places.find((place) => existsSync(place));
  if (!program) return null;
  const driver = browser.driver ? process.env[browser.driver.variable] || onPath([browser.driver.program]) : null;
  return { program, driver: driver || null };
}

/** Finds the browser, or installs it first. Null when it cannot be had without asking. */
export async function prepareBrowser(engine, line) {
  const complete = () => {
    const found = findBrowser(engine);
    return found && (found.driver || !BROWSERS[engine].driver) ? found : null;
  };
  return complete() ?? ((await install(engine, line)) ? complete() : null);
}

/** What a person can do about a missing browser. */
export function howToGet(engine) {
  const { label, debian, brew } = BROWSERS[engine];
  if (process.platform === "linux") return `${label}: apt-get install ${debian.join(" ")}, or your system's packages of that name`;
  if (process.platform === "darwin" && brew) return `${label}: brew install ${brew.join(" ")}`;
  if (engine === "webkit") return `${label}: only on Linux`;
  return `${label}: install it and its WebDriver, or name their paths in ${BROWSERS[engine].variable}`;
}

async function install(engine, line) {
  const { label, debian, brew } = BROWSERS[engine];
  const commands = await installCommands(debian, brew);
  if (commands.length === 0) return false;
  say(`    ${label} is installed for the tests: ${commands.at(-1).join(" ")}`);
  line.note(`installing ${label}`);
  for (const [program, ...args] of commands) {
    const { code, output } = await run(program, args, { env: { DEBIAN_FRONTEND: "noninteractive" } });
    if (code !== 0) return say(lastLines(output, 5)), false;
  }
  return true;
}

async function installCommands(debian, brew) {
  if (onPath(["apt-get"])) {
    const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
    if (asRoot.length > 0 && (await answer("sudo", ["-n", "true"])) === null) return [];
    return [[...asRoot, "apt-get", "update"], [...asRoot, "apt-get", "install", "--yes", "--no-install-recommends", ...debian]];
  }
  if (brew && onPath(["brew"])) return [["brew", "install", ...brew]];
  return [];
}

function onPath(programs) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const endings = process.platform === "win32" ? [".exe", ""] : [""];
  return programs
    .flatMap((name) => folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))))
    .find((path) => existsSync(path));
}

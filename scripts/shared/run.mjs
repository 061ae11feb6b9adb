// Runs programs quietly: their output is kept and shown only when they fail.
import { spawn } from "node:child_process";
import { ROOT } from "./paths.mjs";
import { Stop } from "./stop.mjs";

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{cwd?: string, env?: Record<string, string>, onLine?: (line: string) => void}} [options] `env` adds to the present one
 * @returns {Promise<{code: number | null, output: string, stdout: string}>} `code` is null when the program could not be started
 */
export function run(program, args, { cwd = ROOT, env = {}, onLine } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let stdout = "";
    const listen = (stream, alsoStdout) => {
      stream.setEncoding("utf8");
      let rest = "";
      stream.on("data", (text) => {
        output += text;
        if (alsoStdout) stdout += text;
        if (!onLine) return;
        const lines = (rest + text).split(/[\r\n]/);
        rest = lines.pop();
        lines.forEach(onLine);
      });
      stream.on("end", () => { if (rest && onLine) onLine(rest); });
    };
    listen(child.stdout, true);
    listen(child.stderr, false);
    child.on("error", (error) => resolve({ code: null, output: String(error.message), stdout: "" }));
    child.on("close", (code) => resolve({ code: code ?? 1, output, stdout }));
  });
}

/** The same, but a failure stops the command with the program's last words. */
export async function mustRun(program, args, options) {
  const result = await run(program, args, options);
  if (result.code === 0) return result;
  throw new Stop(`\`${[program, ...args].join(" ")}\` failed.`, "", lastLines(result.output, 40));
}

/** What a program prints, or null when it is missing or fails. */
export async function answer(program, args, options) {
  const { code, stdout } = await run(program, args, options);
  return code === 0 ? stdout.trim() : null;
}

/** npm, also where it is a script that only a shell can start. */
export function npm(args, options) {
  const script = process.env.npm_execpath;
  if (script?.endsWith(".js")) return run(process.execPath, [script, ...args], options);
  if (process.platform === "win32") return run("cmd", ["/c", "npm", ...args], options);
  return run("npm", args, options);
}

export const lastLines = (text, count) => text.trimEnd().split("\n").slice(-count).join("\n");

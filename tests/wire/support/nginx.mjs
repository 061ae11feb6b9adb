// nginx as a child of the test, on 127.0.0.1, with a folder of its own for all that it writes; never as a service.
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { startChild } from "./child.mjs";

const PLACES = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"];

/** Where nginx is, or undefined. */
export const nginxProgram = process.env.NGINX || PLACES.map((folder) => join(folder, "nginx")).find((path) => existsSync(path));

export const NO_NGINX = !nginxProgram && "there is no nginx: apt-get install --no-install-recommends nginx-light, or name it in NGINX";

/**
 * Starts nginx in front of `upstream`; it ends with the test.
 * @param {import("node:test").TestContext} t
 * @param {{upstream: string, http?: string, location?: string}} options directives for the levels of that name
 * @returns {Promise<{url: string, statuses: () => Promise<number[]>}>} statuses: what it answered so far, in order
 */
export async function startNginx(t, { upstream, http = "", location = "" }) {
  const prefix = await mkdtemp(join(tmpdir(), "privateer-nginx-"));
  t.after(() => rm(prefix, { recursive: true, force: true }));
  const port = await startChild(t, nginxProgram, async (free) => {
    await writeFile(join(prefix, "nginx.conf"), configuration({ prefix, port: free, upstream, http, location }));
    return ["-p", prefix, "-c", "nginx.conf", "-e", "stderr"];
  }, { signal: "SIGQUIT" });
  const log = () => readFile(join(prefix, "statuses.log"), "utf8");
  return { url: `http://127.0.0.1:${port}`, statuses: async () => (await log()).split("\n").filter(Boolean).map(Number) };
}

const TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

const configuration = ({ prefix, port, upstream, http, location }) => `
daemon off;
master_process off;
pid ${prefix}/nginx.pid;
error_log stderr;
events {}
http {
  log_format statuses $status;
  access_log ${prefix}/statuses.log statuses;
  ${TEMPORARY.map((name) => `${name}_temp_path ${prefix}/${name};`).join("\n  ")}
  ${http}
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass ${upstream};
      ${location}
    }
  }
}
`;

// Programs that a test starts and that end with it.
import { spawn } from "node:child_process";
import { connect, createServer } from "node:net";

const TRIES = 5;

/**
 * Starts a program that listens on free ports of 127.0.0.1, and waits until it does; `t` ends it, by its own id. A port
 * that was free may be taken a moment later: then others are tried.
 * @param {(...ports: number[]) => string[] | Promise<string[]>} argumentsFor its arguments; it has to listen on the first port
 * @returns {Promise<number>} the first port
 */
export async function startChild(t, program, argumentsFor, { ports = 1, signal = "SIGTERM" } = {}) {
  for (let tries = 1; ; tries += 1) {
    const free = await freePorts(ports);
    const child = spawn(program, await argumentsFor(...free), { stdio: ["ignore", "pipe", "pipe"] });
    t.after(() => ended(child, signal));
    const trouble = await listening(child, free[0]);
    if (!trouble) return free[0];
    if (tries === TRIES) throw new Error(`${program} does not listen: ${trouble}`);
  }
}

// Nothing once the program listens; what it said when it ended or kept silent instead.
async function listening(child, port) {
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => { said += text; });
  child.once("error", (error) => { said += error.message; });
  for (let looks = 0; looks < 400 && child.pid && child.exitCode === null; looks += 1) {
    if (await reachable(port)) return child.exitCode === null ? "" : said;
    await new Promise((done) => setTimeout(done, 25));
  }
  return said || "it said nothing";
}

async function ended(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
  const gone = new Promise((done) => child.once("exit", done));
  child.kill(signal);
  await gone;
}

// All are taken before any is given back, so that no two are the same.
async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  })));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

const reachable = (port) => new Promise((resolve) => {
  const socket = connect(port, "127.0.0.1");
  socket.once("connect", () => {
    socket.destroy();
    resolve(true);
  });
  socket.once("error", () => resolve(false));
});

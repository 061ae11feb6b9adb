import { existsSync } from "node:fs";
import { relative } from "node:path";
import { ROOT, inRoot } from "../shared/paths.mjs";
import { say } from "../shared/progress.mjs";
import { Stop } from "../shared/stop.mjs";
import { startServer } from "./server.mjs";

const FIRST_PORT = 8787;
const PORTS_TRIED = 20;

/** Serves until Ctrl+C. */
export async function serve() {
  if (!existsSync(inRoot("pkg", "privateer_bg.wasm"))) throw new Stop("Nothing is built yet.", "npm start");
  const server = await startOnAPort();
  say();
  say(`    Landing page   ${server.url}/`);
  say(`    Console        ${server.url}/console/`);
  say(`    Events         POST ${server.url}/collect, kept in ${relative(ROOT, server.store.path)}`);
  say();
  say("    Ctrl+C stops.");
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop(server));
}

async function startOnAPort() {
  const asked = process.env.PORT;
  if (asked) return start(portFrom(asked), `Port ${asked} is in use.`);
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port += 1) {
    try {
      return await startServer({ port });
    } catch (error) {
      if (error.code !== "EADDRINUSE") throw error;
    }
  }
  throw new Stop(`The ports ${FIRST_PORT} to ${FIRST_PORT + PORTS_TRIED - 1} are all in use.`, "PORT=9000 npm start");
}

async function start(port, sentence) {
  try {
    return await startServer({ port });
  } catch (error) {
    if (error.code === "EADDRINUSE") throw new Stop(sentence, "leave PORT out, and a free one is found");
    throw error;
  }
}

function portFrom(text) {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Stop(`PORT is "${text}", which is no port number.`, "PORT=9000 npm start");
}

async function stop(server) {
  await server.stop();
  process.exit(0);
}

// The committed payloads, by their number of features, and the users they are decided for.
import { readFile } from "node:fs/promises";
import { inRoot } from "../../scripts/shared/paths.mjs";

export const data = (name) => readFile(inRoot("tests", "data", "experiments", name), "utf8");

const json = async (name) => JSON.parse(await data(name));

export const payloads = { 100: await json("payload-100.json"), 1000: await json("payload-1000.json") };
export const users = await json("users.json");

/** What `digest.mjs` comes to for the payload of 100 features and all users. */
export const expectedDigest = (await data("digest.txt")).trim();

// Starts the console. When a part of it is missing, that is said instead of nothing.
import { attempt } from "./trouble.js";

await attempt("The console could not start. Build the project if /pkg/ or /vendor/ is empty", () => import("./console.js"));

// Starts the console. When a part of it is missing, that is said instead of nothing.
import { attempt } from "./trouble.js";

await attempt("The console could not start. It may not be built yet", () => import("./console.js"));

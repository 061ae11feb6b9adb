// The window (tab), remembered while it is open: its storage is its own. A page that finds it marked as open is a copy of another
// tab, or comes after a crash: it is a window of its own then, so that no two count their events under one name. Where storage is denied,
// each page is one.
import { parse } from "./json.js";
import { quietly } from "./quietly.js";

const WINDOW = "privateer.window";
const OPEN = "privateer.open";

export const takeWindow = () => quietly(() => !sessionStorage.getItem(OPEN) && parse(sessionStorage.getItem(WINDOW)));

export const openWindow = () => quietly(() => sessionStorage.setItem(OPEN, 1));

export const closeWindow = (json) => quietly(() => {
  sessionStorage.setItem(WINDOW, json);
  sessionStorage.removeItem(OPEN);
});

export const forgetWindow = () => quietly(() => [WINDOW, OPEN].forEach((key) => sessionStorage.removeItem(key)));

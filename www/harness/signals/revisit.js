// Consent tools may come late and announce themselves to nobody: looks again when the page has got further, and after 0.1 s,
// 0.2 s, 0.4 s … for the first 51 seconds. Returns a function that ends it.
const SHORTEST_MS = 100;
const LONGEST_MS = 25_600;

export function revisit(look) {
  let wait = SHORTEST_MS;
  let timer = setTimeout(again, wait);
  function again() {
    look();
    wait *= 2;
    if (wait <= LONGEST_MS) timer = setTimeout(again, wait);
  }
  document.addEventListener("readystatechange", look);
  addEventListener("load", look);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("readystatechange", look);
    removeEventListener("load", look);
  };
}

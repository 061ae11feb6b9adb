// Hears what is pushed to a list, beside all others who do. Returns a function that ends it.
import { quietly } from "../quietly.js";

// The push that was there keeps its place, its arguments, its answer and its mistakes. If somebody put theirs over ours, ours
// has to stay where it is, and is deaf afterwards. Throws for a list that takes no other push.
export function overhear(list, hear) {
  const before = list.push;
  const own = Object.hasOwn(list, "push");
  let ended = false;
  const push = function (...entries) {
    try {
      return before.apply(this, entries);
    } finally {
      if (!ended) quietly(() => hear(entries));
    }
  };
  const restore = () => {
    if (list.push !== push) return;
    if (own) list.push = before;
    else delete list.push;
  };
  list.push = push;
  return () => {
    ended = true;
    quietly(restore);
  };
}

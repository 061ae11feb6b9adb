// An element in words that hold nothing personal. A "way" is the element and all that it is in, as an event's composedPath.
const LEVELS = 5;
const LONGEST_TEXT = 100;
const READ = 1000; // letters of a text that are looked at: a number that is cut in two is not recognised
const NODES = 500;
const LONGEST_PATH = 200;
const CLASSES = 2;
const SIBLINGS = 200;
const PRIVATE = "[data-privateer-mask],[contenteditable]:not([contenteditable=false]),[autocomplete*=cc-]";
const UNREAD = `${PRIVATE},input,textarea,select,script,style,template,[hidden]`;
const IGNORED = "[data-privateer-ignore]";

const ways = new WeakMap(); // of events: several observers ask about the same one

/** The way of an event; null where the page wants it ignored. */
export function wayOf(event) {
  if (!ways.has(event)) {
    const way = event.composedPath().filter((each) => each.nodeType === Node.ELEMENT_NODE);
    ways.set(event, nearest(way, IGNORED) ? null : way);
  }
  return ways.get(event);
}

export const isIgnored = (element) => element.closest(IGNORED) !== null;

export function wayTo(element) {
  const way = [];
  for (let each = element; each; each = each.parentElement ?? each.getRootNode().host) way.push(each);
  return way;
}

/** The nearest element on the way that fits, through open shadow roots. */
export const nearest = (way, selector) => way.find((element) => element.matches(selector));

/** Whether what begins this way is private, or in something that is. */
export const isPrivate = (way) => nearest(way, PRIVATE) !== undefined;

// Such as "section#plans>ul.plan-list>li:nth-of-type(2)>a.button": five levels at most, or up to an id.
function pathOf(way) {
  const secret = way.findLastIndex((element) => element.matches(PRIVATE)); // up to there everything is in something private
  const levels = [];
  for (const [place, element] of way.slice(0, LEVELS).entries()) {
    if (element === document.body || element === document.documentElement) break;
    levels.unshift(place <= secret ? element.localName : level(element));
    if (element.getAttribute("id")) break;
  }
  return levels.join(">").slice(0, LONGEST_PATH);
}

function level(element) {
  const id = element.getAttribute("id");
  if (id) return `${element.localName}#${id}`;
  const classes = [...element.classList].slice(0, CLASSES).map((name) => `.${name}`).join("");
  return element.localName + classes + among(element);
}

// Of several siblings of the same kind, which one; behind very many it is not counted.
function among(element) {
  const { localName } = element;
  if (element.matches(":only-of-type")) return "";
  let place = 1;
  let passed = 0;
  for (let each = element.previousElementSibling; each; each = each.previousElementSibling) {
    passed += 1;
    if (passed >= SIBLINGS) return "";
    if (each.localName === localName) place += 1;
  }
  return `:nth-of-type(${place})`;
}

/** An element as it is now, at the beginning of its way; cheap, and not masked yet. */
export const note = (way) => ({ tag: way[0].localName, path: pathOf(way), text: textOf(way) });

/** What was noted, as properties of an event. */
export const inWords = (watch, { tag, path, text }) => ({
  element_tag: tag,
  element_path: watch.mask(path),
  element_text: tidy(watch.mask(text)) || undefined,
});

/** What is written there, but nothing that a visitor wrote; the element's label where it has no text. Not masked yet. */
export function textOf(way) {
  if (isPrivate(way)) return "";
  const [element] = way;
  const text = written(element);
  return text.trim() ? text : (element.getAttribute("aria-label") ?? element.getAttribute("alt") ?? "").slice(0, READ);
}

/** At most some letters of a text that was masked. */
export const tidy = (text, longest = LONGEST_TEXT) => text.trim().replace(/\s+/g, " ").slice(0, longest).trim();

function written(element) {
  if (element.matches(UNREAD)) return "";
  const isRead = (node) => (node.nodeType === Node.ELEMENT_NODE && node.matches(UNREAD) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, isRead);
  let text = "";
  for (let node = 0; node < NODES && text.length < READ && walker.nextNode(); node += 1) {
    text += walker.currentNode.nodeType === Node.TEXT_NODE ? walker.currentNode.data : " ";
  }
  return text.slice(0, READ);
}

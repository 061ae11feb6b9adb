// An element in words that hold nothing personal. A "way" is the element and all that it is in, as an event's composedPath.
const LEVELS = 5;
const LONGEST_TEXT = 100;
const READ = 1000; // letters of a text that are looked at: a number that is cut in two is not recognised
const CLASSES = 2;
const PRIVATE = "[data-privateer-mask],[contenteditable]:not([contenteditable=false]),[autocomplete*=cc-]";
const UNREAD = `${PRIVATE},input,textarea,select,script,style,template,[hidden]`;

export const IGNORED = "[data-privateer-ignore],[data-privateer-ignore] *";

export const wayOf = (event) => event.composedPath().filter((each) => each.nodeType === Node.ELEMENT_NODE);

export function wayTo(element) {
  const way = [];
  for (let each = element; each; each = each.parentElement) way.push(each);
  return way;
}

/** The nearest element on the way that fits, through open shadow roots. */
export const nearest = (way, selector) => way.find((element) => element.matches(selector));

// Such as "section#plans>ul.plan-list>li:nth-of-type(2)>a.button": five levels at most, or up to an id.
function pathOf(way) {
  const levels = [];
  for (const element of way.slice(0, LEVELS)) {
    if (element === document.body || element === document.documentElement) break;
    levels.unshift(level(element));
    if (element.getAttribute("id")) break;
  }
  return levels.join(">").slice(0, 200);
}

function level(element) {
  if (isPrivate(element)) return element.localName;
  const id = element.getAttribute("id");
  if (id) return `${element.localName}#${id}`;
  const classes = [...element.classList].slice(0, CLASSES).map((name) => `.${name}`).join("");
  return element.localName + classes + among(element);
}

function among(element) {
  const alike = [...(element.parentElement?.children ?? [])].filter(({ localName }) => localName === element.localName);
  return alike.length > 1 ? `:nth-of-type(${alike.indexOf(element) + 1})` : "";
}

/** An element as it is now, at the beginning of its way; cheap, and not masked yet. */
export const note = (way) => ({ tag: way[0].localName, path: pathOf(way), text: textOf(way[0]) });

/** What was noted, as properties of an event. */
export const inWords = (watch, { tag, path, text }) => ({
  element_tag: tag,
  element_path: watch.mask(path),
  element_text: tidy(watch.mask(text)) || undefined,
});

/** What is written in an element, but nothing that a visitor wrote; its label where it has no text. Not masked yet. */
export function textOf(element) {
  if (isPrivate(element)) return "";
  const text = written(element);
  return text.trim() ? text : (element.getAttribute("aria-label") ?? element.getAttribute("alt") ?? "").slice(0, READ);
}

/** At most some letters of a text that was masked. */
export const tidy = (text, longest = LONGEST_TEXT) => text.trim().replace(/\s+/g, " ").slice(0, longest).trim();

export const isPrivate = (element) => element.closest(PRIVATE) !== null;

function written(element) {
  if (element.matches(UNREAD)) return "";
  const isRead = (node) => (node.nodeType === Node.ELEMENT_NODE && node.matches(UNREAD) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, isRead);
  let text = "";
  while (text.length < READ && walker.nextNode()) text += walker.currentNode.nodeType === Node.TEXT_NODE ? walker.currentNode.data : " ";
  return text.slice(0, READ);
}

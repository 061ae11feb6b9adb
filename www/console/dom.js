// Making elements. Text stays text, whatever an event contains.

/** `element("td", { class: "number" }, "12")`; falsy attributes and children are left out. */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) if (value || value === 0) made.setAttribute(name, value === true ? "" : value);
  made.append(...children.flat().filter((child) => child || child === 0));
  return made;
}

/** A table; columns are `[heading, cell(row), isNumber]`, where a cell is an element or becomes text. */
export function table(caption, columns, rows) {
  const kind = (isNumber) => ({ class: isNumber && "number" });
  const head = columns.map(([heading, , isNumber]) => element("th", { scope: "col", ...kind(isNumber) }, heading));
  const content = (made) => (made instanceof Node ? made : String(made));
  const line = (row) => columns.map(([, cell, isNumber], index) => element(index ? "td" : "th", { scope: !index && "row", ...kind(isNumber) }, content(cell(row))));
  const body = rows.map((row) => element("tr", null, line(row)));
  const made = element("table", { "aria-label": caption }, element("thead", null, element("tr", null, head)), element("tbody", null, body));
  // The caption stays outside: a wide table scrolls on a phone, its caption does not.
  return element("div", null,
    element("p", { class: "caption" }, caption),
    element("div", { class: "table", tabindex: "0", role: "group", "aria-label": `${caption} (scrolls)` }, made));
}

/** Big numbers with their names. */
export function figures(pairs) {
  return element("dl", { class: "figures" }, pairs.map(([name, value]) => element("div", null, element("dt", null, name), element("dd", null, String(value)))));
}

/** Replaces a select's options, keeping the choice where it still exists. */
export function setOptions(select, options, preferred) {
  const before = select.value || preferred;
  const signature = JSON.stringify(options);
  if (select.dataset.options === signature) return;
  select.dataset.options = signature;
  select.replaceChildren(...options.map(([value, label]) => element("option", { value }, label)));
  // An attribute "" is left out above, and then the label would be the value.
  options.forEach(([value], index) => (select.options[index].value = value));
  select.value = options.some(([value]) => value === before) ? before : (options.find(([value]) => value === preferred) ?? options[0])?.[0] ?? "";
}

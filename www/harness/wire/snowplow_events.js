// Events for which Snowplow publishes a schema: which names mean it, and where its fields are found among the properties.
import { snake } from "./names.js";

const PUBLIC = "iglu:com.snowplowanalytics.snowplow/";

const text = (longest) => (value) => (["string", "number"].includes(typeof value) && value !== "" ? String(value).slice(0, longest) : undefined);
const texts = (value) => {
  const found = typeof value === "string" ? value.split(/\s+/) : value;
  return Array.isArray(found) ? found.map(text(4_096)).filter(Boolean) : undefined;
};
const amount = (value) => (typeof value === "number" && value >= 0 && value < 2 ** 31 ? value : undefined);
const whole = (value) => (Number.isInteger(value) ? amount(value) : undefined);

const INPUTS = ["button", "checkbox", "color", "date", "datetime", "datetime-local", "email", "file", "hidden", "image", "month", "number",
  "password", "radio", "range", "reset", "search", "submit", "tel", "text", "time", "url", "week"];
const input = (value) => INPUTS.find((each) => each === value);
const node = (type) => ({ "textarea": "TEXTAREA", "select-one": "SELECT", "select-multiple": "SELECT" })[type] ?? (input(type) && "INPUT");
const phrase = (value) => (text()(value) ? [text()(value)] : undefined);

// A meaning: the schema; what it requires, with what stands there where an event says nothing (undefined: then it does not
// fit); its fields as [how to read, names of ours].
const LINK = ["link_click/jsonschema/1-0-1", { targetUrl: undefined }, {
  targetUrl: [text(), "link_url", "href", "url"],
  elementId: [text(), "element_id"],
  elementClasses: [texts, "element_classes"],
  elementTarget: [text(), "target"],
  elementContent: [text(), "element_text", "text"],
}];
const BUTTON = ["button_click/jsonschema/1-0-0", { label: undefined }, {
  label: [text(4_096), "element_text", "label", "text"],
  id: [text(4_096), "element_id"],
  classes: [texts, "element_classes"],
  name: [text(4_096), "element_name"],
}];
const SUBMIT = ["submit_form/jsonschema/1-0-0", { formId: undefined }, {
  formId: [text(4_096), "form_id", "form_name"],
  formClasses: [texts, "form_classes"],
}];
const fieldOf = (type) => [{ formId: "", elementId: undefined, nodeName: undefined, value: null }, {
  formId: [text(4_096), "form_id", "form_name"],
  elementId: [text(4_096), "field"],
  nodeName: [node, "field_type"],
  [type]: [input, "field_type"],
  value: [text(65_535), "value"],
}];
const CHANGE = ["change_form/jsonschema/1-0-0", ...fieldOf("type")];
const FOCUS = ["focus_form/jsonschema/1-0-0", ...fieldOf("elementType")];
const SEARCH = ["site_search/jsonschema/1-0-0", { terms: undefined }, {
  terms: [phrase, "query"],
  totalResults: [whole, "total_results"],
  pageResults: [whole, "page_results"],
}];
const VITALS = ["web_vitals/jsonschema/1-0-0", {}, {
  cls: [amount, "cls"],
  ...Object.fromEntries(["lcp", "fcp", "inp", "ttfb"].map((name) => [name, [amount, `${name}_msec`]])),
  navigationType: [text(128), "navigation_type"],
}];
const ERROR = ["application_error/jsonschema/1-0-2", { message: undefined, programmingLanguage: "JAVASCRIPT" }, {
  message: [text(2_048), "message"],
  stackTrace: [text(8_192), "stack"],
  lineNumber: [whole, "line"],
  lineColumn: [whole, "column"],
  fileName: [text(1_024), "file"],
  exceptionName: [text(1_024), "error_type"],
}];

const MEANINGS = {
  link_clicked: () => LINK,
  file_downloaded: () => LINK,
  button_clicked: () => BUTTON,
  element_clicked: ({ element_tag: tag }) => tag === "button" && BUTTON,
  form_submitted: () => SUBMIT,
  form_started: () => FOCUS,
  form_field_completed: () => CHANGE,
  products_searched: () => SEARCH,
  web_vitals: () => VITALS,
  error_occurred: () => ERROR,
};

// { schema, data, rest: properties without a place in the schema }, or nothing where no schema of Snowplow's fits.
export function known(event, properties) {
  const meaning = MEANINGS[snake(event)]?.(properties);
  return meaning ? fit(meaning, properties) : undefined;
}

function fit([schema, required, fields], properties) {
  const rest = { ...properties };
  const taken = {};
  for (const [field, [read, ...names]] of Object.entries(fields)) {
    const name = names.find((each) => read(properties[each]) !== undefined);
    if (!name) continue;
    taken[field] = read(properties[name]);
    // What was cut, or put in other words, stays among the rest.
    if (Array.isArray(taken[field]) || taken[field] === String(properties[name]) || taken[field] === properties[name]) delete rest[name];
  }
  const data = { ...required, ...taken };
  const complete = Object.keys(taken).length > 0 && Object.values(data).every((value) => value !== undefined);
  return complete ? { schema: PUBLIC + schema, data, rest } : undefined;
}

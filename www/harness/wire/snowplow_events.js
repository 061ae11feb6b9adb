// Events for which Snowplow publishes a schema: which names mean it, and where its fields are found among the properties.
import { filled } from "./message.js";
import { snake } from "./names.js";

const PUBLIC = "iglu:com.snowplowanalytics.snowplow/";

const text = (longest) => (value) => (["string", "number"].includes(typeof value) && value !== "" ? String(value).slice(0, longest) : undefined);
const texts = (value) => {
  const found = typeof value === "string" ? value.split(/\s+/) : value;
  return Array.isArray(found) ? found.map(text(4_096)).filter(Boolean) : undefined;
};
const amount = (value) => (typeof value === "number" && value >= 0 && value < 2 ** 31 ? value : undefined);
const whole = (value) => (Number.isInteger(value) ? amount(value) : undefined);
const oneOf = (...allowed) => (value) => allowed.find((each) => each.toLowerCase() === String(value).toLowerCase());
const yes = (value) => (typeof value === "boolean" ? value : undefined);

const element = oneOf("INPUT", "TEXTAREA", "SELECT");
const input = oneOf(
  "button", "checkbox", "color", "date", "datetime", "datetime-local", "email", "file", "hidden", "image", "month", "number",
  "password", "radio", "range", "reset", "search", "submit", "tel", "text", "time", "url", "week",
);
const phrase = (value) => (text()(value) ? [text()(value)] : undefined);

// schema: version, what it requires (with what stands there when nothing does), its fields as [how to read, names of ours].
const LINK = ["link_click/jsonschema/1-0-1", { targetUrl: undefined }, {
  targetUrl: [text(), "href", "target_url", "url"],
  elementId: [text(), "element_id", "id"],
  elementClasses: [texts, "element_classes", "classes"],
  elementTarget: [text(), "target"],
  elementContent: [text(), "text", "label"],
}];
const BUTTON = ["button_click/jsonschema/1-0-0", { label: undefined }, {
  label: [text(4_096), "label", "text"],
  id: [text(4_096), "element_id", "id"],
  classes: [texts, "element_classes", "classes"],
  name: [text(4_096), "element_name", "name"],
}];
const SUBMIT = ["submit_form/jsonschema/1-0-0", { formId: "" }, {
  formId: [text(4_096), "form_id", "form_name"],
  formClasses: [texts, "form_classes"],
}];
const fieldOf = (type) => ({
  formId: [text(4_096), "form_id", "form_name"],
  elementId: [text(4_096), "field_id", "field_name", "field", "element_id"],
  nodeName: [element, "node_name", "tag", "element"],
  [type]: [input, "field_type", "input_type", "type"],
});
const CHANGE = ["change_form/jsonschema/1-0-0", { formId: "", elementId: undefined, nodeName: undefined, value: null }, fieldOf("type")];
const FOCUS = ["focus_form/jsonschema/1-0-0", { formId: "", elementId: undefined, nodeName: undefined, value: null }, fieldOf("elementType")];
const SEARCH = ["site_search/jsonschema/1-0-0", { terms: undefined }, {
  terms: [phrase, "query", "search_term", "term"],
  totalResults: [whole, "total_results", "results"],
  pageResults: [whole, "page_results"],
}];
const VITALS = ["web_vitals/jsonschema/1-0-0", {}, {
  ...Object.fromEntries(["cls", "fid", "lcp", "fcp", "inp", "ttfb"].map((name) => [name, [amount, name]])),
  navigationType: [text(128), "navigation_type"],
}];
const ERROR = ["application_error/jsonschema/1-0-2", { message: undefined }, {
  message: [text(2_048), "message"],
  stackTrace: [text(8_192), "stack"],
  lineNumber: [whole, "line", "lineno"],
  lineColumn: [whole, "column", "colno"],
  fileName: [text(1_024), "file", "filename", "source"],
  exceptionName: [text(1_024), "error_name", "name"],
  isFatal: [yes, "fatal"],
}];

const MEANINGS = {
  link_clicked: [LINK], outbound_link_clicked: [LINK], file_downloaded: [LINK],
  button_clicked: [BUTTON],
  element_clicked: [LINK, BUTTON], clicked: [LINK, BUTTON],
  form_submitted: [SUBMIT],
  form_field_completed: [CHANGE], field_completed: [CHANGE],
  form_started: [FOCUS], form_field_focused: [FOCUS],
  site_searched: [SEARCH], products_searched: [SEARCH],
  web_vitals: [VITALS], web_vitals_measured: [VITALS],
  error_occurred: [ERROR], java_script_error: [ERROR], javascript_error: [ERROR], application_error: [ERROR],
};

// { schema, data, rest: properties without a place in the schema }, or nothing where no schema of Snowplow's fits.
export function known(event, properties) {
  for (const meaning of MEANINGS[snake(event)] ?? []) {
    const found = fit(meaning, properties);
    if (found) return found;
  }
  return undefined;
}

function fit([schema, required, fields], properties) {
  const rest = { ...properties };
  const taken = {};
  for (const [field, [read, ...names]] of Object.entries(fields)) {
    const name = names.find((each) => read(properties[each]) !== undefined);
    if (!name) continue;
    taken[field] = read(properties[name]);
    delete rest[name];
  }
  const data = { ...required, ...filled(taken) };
  if (schema.startsWith("application_error")) data.programmingLanguage = "JAVASCRIPT";
  const complete = Object.values(data).every((value) => value !== undefined) && Object.keys(taken).length > 0;
  return complete ? { schema: PUBLIC + schema, data, rest } : undefined;
}

// What is wrong with a message, out of what the validator says: the reasons, without their echoes and attempts.

// Says all there is to say; what is inside are attempts.
const WHOLE = ["anyOf", "oneOf", "not", "contains", "propertyNames"];

// The codes are those of RudderStack's tracking plans, written as ours are.
const CODES = { required: "required-missing", type: "datatype-mismatch", false: "additional-properties" };

export function violationsOf(said, event) {
  const errors = said.map(placed);
  const wholes = errors.filter(({ keyword }) => WHOLE.includes(keyword));
  const isAttempt = (error) => wholes.some((whole) => isInside(error, whole));
  const isEcho = (error) => error.keyword === "if" || (!wholes.includes(error) && errors.some((other) => isInside(other, error)));
  return errors.filter((error) => !isAttempt(error) && !isEcho(error)).map((error) => violation(error, event));
}

// The validator forgets where in the schema a `false` stands; it comes right after the keyword that holds it.
const placed = (error, index, all) =>
  error.keyword === "false" && index ? { ...error, keywordLocation: `${all[index - 1].keywordLocation}/false` } : error;

const isInside = (error, other) => error.keywordLocation.startsWith(`${other.keywordLocation}/`);

function violation({ keyword, instanceLocation, error }, event) {
  const missing = keyword === "required" ? [/"(.*)"\.$/s.exec(error)?.[1]] : [];
  const path = pathOf([...stepsOf(instanceLocation), ...missing]);
  return { code: CODES[keyword] ?? "unknown-violation", event, path, message: `"${event}" at ${path}: ${sentence(keyword, error)}` };
}

function sentence(keyword, error) {
  if (keyword === "required") return "The plan requires a value here.";
  if (keyword === "false") return "The plan has no such property.";
  const [, is, should] = /^Instance type "(.*)" is invalid. Expected "(.*)"\.$/s.exec(error) ?? [];
  return is ? `The plan wants ${should.replaceAll('", "', " or ")} here, and it is ${is}.` : error.replace(/^Instance /, "The value ");
}

// A JSON Pointer in an address, as the validator writes it.
const stepsOf = (pointer) =>
  pointer.split("/").slice(1).map((step) => decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~"));

const pathOf = (steps) => steps.reduce((path, step) => path + (/^[A-Za-z_$][\w$]*$/.test(step) ? `.${step}` : `[${quoted(step)}]`), "$");

const quoted = (step) => (/^\d+$/.test(step) ? step : JSON.stringify(step));

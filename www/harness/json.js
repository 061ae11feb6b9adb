// JSON as it was when the page began: a page may put its own in its place later.
export const { parse, stringify } = JSON;

// What a text says; an empty object where it says nothing.
export function object(text) {
  try {
    return Object(parse(text));
  } catch {
    return {};
  }
}

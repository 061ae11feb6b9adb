// JSON as it was when the page began: a page may put its own in its place later.
import { quietly } from "./quietly.js";

export const { parse, stringify } = JSON;

// What a text says; an empty object where it says nothing.
export const object = (text) => quietly(() => Object(parse(text)), {});

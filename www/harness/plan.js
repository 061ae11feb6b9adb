// Checks messages against a tracking plan, while somebody looks: loaded in debug mode only. Nothing is sent, changed or held
// back because of it. Without eval: the validator reads schemas instead of compiling them.
/*!
This file contains @cfworker/json-schema 4.1.6, Copyright (c) Jeremy Danyow, portions of it derived from Ajv, Copyright (c)
2015-2021 Evgeny Poberezkin, both under the MIT License:

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
*/
import { Validator } from "@cfworker/json-schema";
import { rulesOf } from "./plan/rules.js";
import { violationsOf } from "./plan/violations.js";
import { quietly } from "./quietly.js";

/**
 * @param {object} plan a tracking plan as Segment or RudderStack write it; see plan/rules.js
 * @param {{unplanned?: boolean}} [options] unplanned: whether events that the plan does not know are reported; default true
 * @returns {(message: object) => {code: string, event: string, path: string, message: string}[]} what is wrong with a message
 */
export function checkerOf(plan, { unplanned = true } = {}) {
  const rules = rulesOf(plan);
  const validators = new Map();
  const validatorOf = (schema) => {
    if (!validators.has(schema)) validators.set(schema, new Validator(schema, draftOf(schema), false));
    return validators.get(schema);
  };

  // A schema may hold what is no schema, or a pattern that is none.
  const check = (message, event, { schema }) => {
    try {
      return violationsOf(validatorOf(schema).validate(message).errors, event);
    } catch (error) {
      return [{ code: "broken-rule", event, path: "", message: `The plan's rule for "${event}" cannot be used: ${error.message}` }];
    }
  };

  return (given) => {
    const message = asSent(given);
    const event = String(message.type === "track" ? message.event : message.type);
    const found = rules.of(message).flatMap((rule) => check(message, event, rule));
    if (!unplanned || message.type !== "track" || rules.plans(message.event)) return found;
    return [{ code: "unplanned-event", event, path: "$.event", message: `The plan has no event called "${event}".` }, ...found];
  };
}

// JSON has no undefined; the validator refuses to read it.
const asSent = (message) => quietly(() => ({ ...JSON.parse(JSON.stringify(message)) }), {});

// Plans are written in draft 7 unless they say otherwise. The validator reads drafts 6 and 7 the same, and all newer ones.
function draftOf(schema) {
  const name = String(schema?.$schema);
  return /draft-0?4/.test(name) ? "4" : /draft\/20/.test(name) ? "2020-12" : "7";
}

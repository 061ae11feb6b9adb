// The consent tool of a page that holds this one in a frame. It answers messages, and marks its window with a frame named
// __tcfapiLocator. Source: IAB Tech Lab, CMP API v2, "How can vendors that use iframes call the CMP API from an iframe?"
import { quietly } from "../quietly.js";

const DEEPEST = 20; // frames within frames

// The nearest window above this one with a consent tool; undefined without one.
export const windowAbove = () => ancestors().find(holdsTool);

function ancestors() {
  const found = [window];
  while (found.at(-1) !== found.at(-1).parent && found.length < DEEPEST) found.push(found.at(-1).parent);
  return found.slice(1);
}

// Looking for a name in another site's window throws where there is no such frame.
const holdsTool = (frame) => quietly(() => Boolean(frame.frames.__tcfapiLocator), false);

// A function like __tcfapi that asks by messages, and its end. An answer carries its question's number, which nobody guesses.
export function toolIn(frame) {
  const callbacks = new Map();
  const hear = ({ source, data }) => {
    if (source !== frame) return;
    const { callId, returnValue, success } = (typeof data === "string" ? JSON.parse(data) : data).__tcfapiReturn;
    callbacks.get(callId)?.(returnValue, success);
  };
  const listen = (event) => quietly(() => hear(event));
  addEventListener("message", listen);
  return {
    ask(command, version, callback, parameter) {
      const callId = `privateer-${Math.random()}`;
      callbacks.set(callId, callback);
      frame.postMessage({ __tcfapiCall: { command, version, parameter, callId } }, "*");
    },
    end: () => removeEventListener("message", listen),
  };
}

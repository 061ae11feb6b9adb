// What a page that scores its leads does besides: it tells when the visitor types, and asks the site's learned models.
import * as question from "./questions.js";
import * as verb from "./verbs.js";

const APART = 1000;

/**
 * @param {{triggers?: object[], learned?: {id: string, url: string, attributes?: Record<string, string>}[]}} scoring
 * @param {(...step: unknown[]) => void} step what happened, to the engine
 * @param {(...asked: unknown[]) => unknown} ask what is known there
 * @param {{on: Function, changed: Function}} page
 */
export function follow(scoring, step, ask, page) {
  if (scoring.triggers) followTyping(() => step(verb.TYPING));
  if (Array.isArray(scoring.learned)) followModels(scoring.learned, step, ask, page);
}

// At most once a second: nothing that a site has to say comes in between.
function followTyping(tell) {
  let told = -APART;
  addEventListener("input", ({ isTrusted, timeStamp }) => {
    if (!isTrusted || timeStamp - told < APART) return;
    told = timeStamp;
    tell();
  }, { capture: true, passive: true });
}

// What the models say is the attribute `score.learned`, which rules, stages and experiments can ask about.
async function followModels(definitions, step, ask, page) {
  const { load } = await import("./learned.js");
  const models = [];
  for (const definition of definitions) {
    const { id, url, attributes = {} } = Object(definition);
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
      const model = await load(await response.arrayBuffer());
      models.push({ id, model, paths: model.features.map(({ name }) => attributes[name] ?? name) });
    } catch ({ message }) {
      console.warn(`privateer: The learned model "${id}" is not asked: ${message}`);
    }
  }
  const paths = models.flatMap((each) => each.paths);
  const read = () => ask(question.SCORE, JSON.stringify(paths), []);
  let [told, seen, telling] = ["", "", false];
  const tell = (values) => {
    let taken = 0;
    const answers = models.map(({ id, model }) => [id, answerOf(model, values.slice(taken, (taken += model.features.length)))]);
    const text = JSON.stringify(Object.fromEntries(answers));
    if (text === told) return;
    told = text;
    telling = true;
    step(verb.LEARNED, text);
    telling = false;
    page.changed();
  };
  // A model may be asked about the score, and the score may count on what it says. What comes of its own answer is no news, or the two
  // could go on for ever.
  page.on("score", () => telling || tell(read()));
  page.subscribe(() => {
    const values = read();
    const others = JSON.stringify(values.filter((_, place) => !paths[place].startsWith("score.")));
    if (others !== seen) tell(values);
    seen = others;
  });
  tell(read());
}

// The value with what made it, largest first; missing where the model has no answer.
function answerOf(model, values) {
  const { value, base, margin, contributions } = model.predict(model.features.map((feature, index) => numberOf(feature, values[index])));
  const reasons = Array.from(contributions, (contribution, index) => ({ name: model.lines[index], contribution })).filter(({ contribution }) => contribution !== 0);
  reasons.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  return { value: Number.isNaN(value) ? null : value, base, margin, reasons };
}

// Texts are categories, by their place in the model's list; true and false count as 1 and 0; what is missing is no number.
function numberOf({ kind, categories }, value) {
  if (kind === "category" && categories) return value === null || value === undefined ? NaN : categories.indexOf(String(value));
  return typeof value === "number" || typeof value === "boolean" ? Number(value) : NaN;
}

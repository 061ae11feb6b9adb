// Decisions, remembered until they may have changed. What is remembered is the outcome of each feature by the engine's
// number for it, so that new attributes cost a number a feature, from some features on one call for all, and no JSON.
import { stringify } from "./json.js";
import { quietly } from "./quietly.js";
import * as question from "./questions.js";
import { encode } from "./texts.js";
import * as verb from "./verbs.js";

const OUT = { inExperiment: false, hashUsed: false, variationId: 0, value: null };
const LOADING = { value: null, source: "loading" };
const NOTHING = { value: null, variation: null };
// A page that asked for so many features before something changed will ask for them again: they are decided in one call.
const MANY = 16;

// A feature's outcome is now another one. Most have one for long; the others are found again by their numbers.
function take(feature, code, visitor) {
  if (feature.code >= 0) (feature.others ??= new Map()).set(feature.code, feature.outcome);
  feature.code = code;
  feature.outcome = feature.others?.get(code) ?? {
    value: visitor.outcome(feature.index, code),
    variation: code > 16 && code & 1 ? ((code - 17) >> 1) & 4095 : null,
  };
}

// Whatever a page hands in where a text belongs.
export const text = (value) => quietly(() => String(value), "");

// The JSON of a value; undefined where it has none.
const json = (value) => quietly(() => stringify(value));

// Ids as lines, each with an end: so an empty one is seen too.
function joined(ids) {
  try {
    return `${ids.join("\n")}\n`;
  } catch {
    return `${ids.map(text).join("\n")}\n`;
  }
}

// A listener's mistake is its own.
function hear(listener) {
  try {
    listener();
  } catch (error) {
    console.error(error);
  }
}

export class Experiments {
  #guard; // (work, fallback): does the work with the engine's visitor, if there is one
  #step; // (verb, text, more, number): tells the engine what happened
  #ask; // (question, text, fallback): what the engine answers, read
  #told = {}; // the attributes that the page told
  #features = new Map(); // what is known of each feature that was asked for
  #age = 0; // grows whenever decisions may have changed
  #asked = 0; // how many features were decided since, and before that
  #askedBefore = 0;
  #glances = null; // all of them, where they were decided in one call
  #given; // the experiment that was assigned last, and its number
  #number = -1;
  #listeners = new Set();
  #watched = new Set(); // listeners to one feature, with what they heard last
  #notifying = false;

  constructor(guard, step, ask) {
    this.#guard = guard;
    this.#step = step;
    this.#ask = ask;
  }

  flag(key, fallback) {
    return this.#seen(key).value ?? fallback;
  }

  variation(key) {
    return this.#seen(key).variation;
  }

  decide(key) {
    const { value, on, source, ruleId, experiment, experimentResult: result } = this.evaluate(key);
    const { variationId: variation = null, key: variationKey = null, bucket = null, stickyBucketUsed: kept = false } = result ?? {};
    return { key: text(key), value, on, source, rule: ruleId, experiment: experiment?.key ?? null, variation, variationKey, bucket, kept };
  }

  decideAll() {
    return this.features().map((key) => this.decide(key));
  }

  features() {
    return this.#ask(question.FEATURES, "", []);
  }

  evaluate(key) {
    return this.#ask(question.DECISION, text(key), { ...LOADING, on: false, off: true, ruleId: "" });
  }

  run(experiment) {
    const number = this.#numberOf(experiment);
    const result = this.#ask(question.RUN, text(number), null) ?? OUT;
    if (result.hashUsed) this.#count(verb.RAN, "", number);
    return result;
  }

  automatic() {
    const found = this.#ask(question.AUTOMATIC, "", { results: [], redirect: null });
    this.#count(verb.AUTOMATIC); // also where nobody is in: what they depend on counts
    return found;
  }

  async why(key) {
    const { explain } = await import("./why.js");
    return explain(this.decide(key), this.#ask(question.TRACE, text(key), []));
  }

  assign(experiment, id) {
    if (experiment !== this.#given) this.#numberOf(experiment);
    const value = typeof id === "string" ? id : text(id ?? "");
    return this.#guard((visitor) => visitor.assign(this.#number, value), -1);
  }

  assignMany(experiment, ids) {
    this.#numberOf(experiment);
    const list = ids instanceof Uint8Array || Array.isArray(ids) ? ids : Array.from(ids ?? []);
    const lines = list instanceof Uint8Array ? list : encode(joined(list));
    const found = this.#guard((visitor) => visitor.assignMany(this.#number, lines), null) ?? new Int16Array();
    // Where an id has a line break in it, there are more lines than ids.
    return lines === list || found.length === list.length ? found : Int16Array.from(list, (id) => this.assign(experiment, id));
  }

  attributes(values) {
    this.#tellAll(() => ({ ...this.#told, ...values }));
  }

  setAttributes(values) {
    this.#tellAll(() => ({ ...values }));
  }

  // What is no JSON (a circle, a BigInt, a getter that throws) leaves the attributes as they were.
  #tellAll(gather) {
    let told, written;
    try {
      told = gather();
      written = stringify(told);
    } catch (error) {
      return console.warn(`privateer: attributes that are no JSON change nothing: ${error?.message}`);
    }
    this.#told = told;
    this.#step(verb.ATTRIBUTES, written);
    this.changed();
  }

  subscribe(key, listener) {
    if (!listener) {
      this.#listeners.add(key);
      return () => this.#listeners.delete(key);
    }
    const watch = { key: text(key), listener, heard: this.#heard(key) };
    this.#watched.add(watch);
    return () => this.#watched.delete(watch);
  }

  // Decisions may have changed, or, with a new payload, whole features.
  changed(payload = false) {
    this.#age += 1;
    this.#askedBefore = this.#asked;
    this.#asked = 0;
    this.#glances = null;
    if (payload) {
      this.#features.clear();
      this.#given = undefined;
    }
    this.tell();
  }

  // Listeners hear once of all that happens in one turn of the event loop, and before the browser paints.
  tell() {
    if (this.#notifying || !(this.#watched.size || this.#listeners.size)) return;
    this.#notifying = true;
    queueMicrotask(() => {
      this.#notifying = false;
      for (const watch of this.#watched) {
        const heard = this.#heard(watch.key);
        if (heard === watch.heard) continue;
        watch.heard = heard;
        hear(() => watch.listener(this.decide(watch.key)));
      }
      this.#listeners.forEach(hear);
    });
  }

  // Nobody hears any more.
  silence() {
    this.#watched.clear();
    this.#listeners.clear();
  }

  #heard(key) {
    const { value, source } = this.evaluate(key);
    return stringify([value, source]);
  }

  #seen(key) {
    const known = this.#features.get(key);
    return known !== undefined && known.age === this.#age ? known.outcome : this.#look(text(key));
  }

  #look(key) {
    return this.#guard((visitor) => {
      const known = this.#features.get(key);
      const feature = known ?? this.#find(key, visitor);
      if (!feature) return NOTHING; // and forgotten: a page may ask for anything
      this.#asked += 1;
      let code = known && this.#askedBefore >= MANY ? this.#glance(feature, visitor) : visitor.glance(feature.index);
      const news = code < 0;
      if (news) code = ~code;
      if (code !== feature.code) take(feature, code, visitor);
      feature.age = this.#age;
      const { outcome } = feature;
      if (news) this.#count(verb.SEEN, key);
      return outcome;
    }, NOTHING);
  }

  #find(key, visitor) {
    const index = visitor.find(key);
    if (index < 0) return null;
    const feature = { index, age: 0, code: -1, outcome: NOTHING, others: null };
    this.#features.set(key, feature);
    return feature;
  }

  // An exposure may keep an assignment, which features that are decided later go by: those are decided one by one again.
  #count(what, about = "", number = 0) {
    this.#step(what, about, "", number);
    this.#glances = null;
    this.#askedBefore = 0;
  }

  #glance(feature, visitor) {
    this.#glances ??= visitor.glances();
    return this.#glances[feature.index];
  }

  #numberOf(experiment) {
    const definition = json(experiment);
    this.#number = definition === undefined ? -1 : this.#guard((visitor) => visitor.experiment(definition), -1);
    this.#given = experiment;
    return this.#number;
  }
}

// What a step test does, and what it then holds against the requests that came. Names and meanings of the steps: the
// contract's own (posthog-sdk-test-harness, MIT).
import assert from "node:assert/strict";
import { openPage, visitedAs } from "../support/client.mjs";
import { ASSERTIONS } from "./assertions.mjs";
import { mockCollector } from "./mock.mjs";

const PATHS = { v0: "/batch/", v1: "/i/v1/analytics/events" };
const GATHER_MS = 5_000; // what was captured goes out by flush, in one piece also on a busy machine
const FLUSH_MS = 20_000; // what does not get through is a failure of the steps that follow
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

export async function runSteps(version, steps) {
  const mock = await mockCollector(version);
  const run = new Run(version, mock, distinctIdIn(steps));
  try {
    for (const { action, params = {} } of steps) await run.step(action, params);
  } finally {
    await run.close();
    await mock.stop();
  }
}

class Run {
  #page;

  constructor(version, mock, distinctId) {
    Object.assign(this, { version, mock, distinctId });
  }

  async step(action, params) {
    if (ACTIONS[action]) return ACTIONS[action].call(this, params);
    assert.ok(ASSERTIONS[action], `this runner does not know the step ${action}`);
    return ASSERTIONS[action](this.mock.requests, params);
  }

  // A page has one visitor, who said on an earlier visit who they are.
  async open({ api_key: key = "phc_test" }) {
    const stored = this.distinctId ? await visitedAs(this.distinctId, `${this.mock.url}/earlier-visit`) : {};
    const delivery = { url: this.mock.url + PATHS[this.version], write_key: key, format: "posthog", gather_ms: GATHER_MS };
    this.#page = await openPage({ delivery, stored });
  }

  call(...call) {
    return this.#page.call(...call);
  }

  close() {
    return this.#page?.close();
  }
}

const ACTIONS = {
  configure_mock_responses({ responses }) {
    this.mock.answers.push(...responses);
  },
  init(params) {
    return this.open(params);
  },
  capture(params) {
    return this.call("trackAll", [eventOf(params)]);
  },
  capture_multiple({ count, params }) {
    const events = Array.from({ length: count }, (_, place) => eventOf({ ...params, event: params.event.replace("{index}", place) }));
    return this.call("trackAll", events);
  },
  flush() {
    return Promise.race([this.call("flush"), sleep(FLUSH_MS)]);
  },
  wait({ duration_ms: wait }) {
    return sleep(wait);
  },
};

// In a page options go as the properties that PostHog's other libraries know them by.
const OPTIONS = { cookieless_mode: "$cookieless_mode", disable_skew_correction: "$ignore_sent_at", process_person_profile: "$process_person_profile", product_tour_id: "$product_tour_id" };
const eventOf = ({ event, properties, options, timestamp }) =>
  [event, { ...properties, ...optionsOf(options) }, timestamp && { time: new Date(timestamp) }];
const optionsOf = (options = {}) => Object.fromEntries(Object.entries(options).map(([name, value]) => [OPTIONS[name], value]));

function distinctIdIn(steps) {
  const [first] = steps.map(({ params }) => params?.distinct_id ?? params?.params?.distinct_id).filter(Boolean);
  return first?.replace("{index}", "0");
}

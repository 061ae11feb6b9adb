// The collector of a step test: it gives the answers that the test lists, then says yes to everything.
import { recordingServer } from "../support/recording_server.mjs";

const RETRYABLE = [408, 500, 503, 504];

/** @returns {Promise<{url: string, requests: object[], answers: object[], stop: Function}>} answers: those to come, filled by the test */
export async function mockCollector(version) {
  const answers = [];
  const server = await recordingServer((request) => {
    if (request.path === "/earlier-visit") return { status: 200 };
    Object.assign(request, eventsIn(request.body));
    return version === "v1" ? answerV1(answers.shift() ?? {}, request) : answerV0(answers.shift() ?? {});
  });
  return { ...server, answers, get requests() { return server.requests.filter(({ path }) => path !== "/earlier-visit"); } };
}

const answerV0 = ({ status_code: status = 200, headers, body }) => ({ status, headers, body });

// In v1 every event is answered for, and whoever is to come again is told when.
function answerV1({ status_code: status = 200, headers = {}, body, v1_event_results: words }, { events, headers: asked }) {
  const results = Object.fromEntries(events.map(({ uuid }, place) => [uuid, resultOf(words?.[place] ?? "ok")]));
  const again = RETRYABLE.includes(status) || Object.values(results).some(({ result }) => result === "retry");
  return {
    status,
    headers: { "Content-Type": "application/json", "PostHog-Request-Id": asked["posthog-request-id"] ?? "", ...(again && { "Retry-After": "1" }), ...headers },
    body: body ?? (status === 200 ? JSON.stringify({ results }) : "{}"),
  };
}

const resultOf = (word) => (typeof word === "string" ? { result: word } : word);

function eventsIn(body) {
  const content = JSON.parse(body);
  return { content, events: content.batch };
}

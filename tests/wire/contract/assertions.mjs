// What the step tests hold against the requests that came: each takes them and the step's parameters.
import assert from "node:assert/strict";

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const RFC3339_UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|\+00:00)$/;

const first = (requests) => {
  assert.ok(requests.length > 0, "no request came");
  return requests[0];
};
const firstEvent = (requests) => first(requests).events[0];
const all = (requests) => requests.flatMap(({ events }) => events);
const ids = ({ events }) => events.map(({ uuid }) => uuid);
const again = (requests) => {
  assert.ok(requests.length > 1, "nothing was sent again");
  return requests;
};
const header = (requests, name) => first(requests).headers[name.toLowerCase()];
const unique = (values) => assert.equal(new Set(values).size, values.length, `not unique: ${values}`);
const isRfc3339 = (value, expected) => {
  assert.match(String(value), RFC3339_UTC);
  if (expected) assert.equal(Date.parse(value), Date.parse(expected));
};
const retriedOf = ({ response, events }) => {
  const { results } = JSON.parse(response.body);
  return events.map(({ uuid }) => uuid).filter((uuid) => results[uuid].result === "retry");
};

export const ASSERTIONS = {
  // How many requests, and when.
  assert_request_count: (requests, { expected }) => assert.equal(requests.length, expected),
  assert_request_count_gte: (requests, { expected }) => assert.ok(requests.length >= expected, `${requests.length} requests`),
  assert_sdk_did_not_retry: (requests) => assert.equal(requests.length, 1),
  assert_final_success: (requests, { success_statuses: good = [200] }) =>
    assert.ok(requests.some(({ response }) => good.includes(response.status)), `${requests.map(({ response }) => response.status)}`),
  assert_retry_delay: (requests, { min_delay_ms: least }) => assert.ok(again(requests)[1].at - requests[0].at >= least),
  assert_backoff_implemented: (requests, { min_first_delay_ms: least }) => assert.ok(again(requests)[1].at - requests[0].at >= least),

  // Where to, and with which headers.
  assert_request_path: (requests, { expected }) => assert.equal(first(requests).path, expected),
  assert_no_requests_to_paths: (requests, { paths }) =>
    assert.deepEqual(requests.filter(({ path }) => paths.includes(path.replace(/\/$/, ""))), []),
  assert_authorization_bearer_token: (requests, { expected = "\\S+" }) => assert.match(header(requests, "Authorization"), new RegExp(`^Bearer ${expected}$`)),
  assert_header_value_matches: (requests, { header: name, pattern }) => assert.match(header(requests, name), new RegExp(pattern)),
  assert_header_is_integer: (requests, { header: name, expected }) => assert.equal(header(requests, name), String(expected)),
  assert_header_is_uuid: (requests, { header: name }) => assert.match(header(requests, name), UUID),
  assert_header_is_rfc3339: (requests, { header: name }) => isRfc3339(header(requests, name)),
  assert_header_absent: (requests, { header: name }) => assert.equal(header(requests, name), undefined),
  assert_attempt_header_increments: (requests) =>
    assert.deepEqual(again(requests).map(({ headers }) => headers["posthog-attempt"]), requests.map((_, place) => String(place + 1))),
  assert_request_id_preserved_on_retry: (requests) => assert.equal(new Set(again(requests).map(({ headers }) => headers["posthog-request-id"])).size, 1),
  assert_different_request_ids: (requests) => unique(again(requests).map(({ headers }) => headers["posthog-request-id"])),
  assert_request_timestamp_changes_on_retry: (requests) => unique(again(requests).slice(0, 2).map(({ headers }) => headers["posthog-request-timestamp"])),

  // The body around the events.
  assert_token_present: (requests, { expected }) => assert.equal(first(requests).content.api_key, expected),
  assert_batch_format: (requests, { has_api_key_field: key }) => {
    assert.ok(Array.isArray(first(requests).content.batch));
    if (key) assert.equal(typeof first(requests).content.api_key, "string");
  },
  assert_v1_body_format: (requests) => {
    isRfc3339(first(requests).content.created_at);
    assert.ok(first(requests).content.batch.length > 0);
  },
  assert_v1_created_at_recent: (requests, { max_age_seconds: most }) =>
    assert.ok(Math.abs(Date.now() - Date.parse(first(requests).content.created_at)) < most * 1_000),
  assert_body_field_absent: (requests, { fields }) => assert.deepEqual(fields.filter((field) => field in first(requests).content), []),
  assert_events_in_batch_count: (requests, { expected, request_index: place = 0 }) => assert.equal(requests.at(place).events.length, expected),

  // The events.
  assert_event_field: (requests, { field, expected }) => assert.equal(firstEvent(requests)[field], expected),
  assert_event_has_field: (requests, { field }) => assert.ok(firstEvent(requests)[field] !== undefined),
  assert_event_field_is_string: (requests, { field }) => assert.equal(typeof firstEvent(requests)[field], "string"),
  assert_event_field_is_rfc3339: (requests, { field, expected }) => first(requests).events.forEach((event) => isRfc3339(event[field], expected)),
  assert_event_field_not_in_properties: (requests, { field }) => {
    assert.ok(field in firstEvent(requests));
    assert.ok(!(field in firstEvent(requests).properties));
  },
  // Capture v1 takes the library's name from a header, and no event has it.
  assert_event_property: (requests, { property, expected, exists }) => {
    const value = firstEvent(requests).properties[property];
    if (exists) assert.notEqual(value, undefined);
    else assert.deepEqual(value, expected);
  },
  assert_event_property_is_object: (requests, { property }) => assert.equal(typeof firstEvent(requests).properties[property], "object"),
  assert_event_option: (requests, { option, expected, absent }) =>
    first(requests).events.forEach(({ options }) => assert.equal(options[option], absent ? undefined : expected)),
  assert_v1_event_format: (requests) =>
    first(requests).events.forEach((event) => assert.deepEqual(["event", "uuid", "distinct_id", "timestamp"].filter((field) => !event[field]), [])),
  assert_uuid_format: (requests, { field }) => first(requests).events.forEach((event) => assert.match(event[field], UUID)),

  // Which events, and which again.
  assert_all_uuids_unique: (requests) => unique(ids(first(requests))),
  assert_different_uuids: (requests) => {
    assert.ok(all(requests).length >= 2);
    unique(all(requests).map(({ uuid }) => uuid));
  },
  assert_no_duplicate_events_in_batch: (requests) => requests.forEach((request) => unique(ids(request))),
  assert_uuid_preserved_on_retry: (requests) => assert.deepEqual(ids(again(requests)[1]), ids(requests[0])),
  assert_timestamp_preserved_on_retry: (requests) => {
    const times = ({ events }) => events.map(({ timestamp }) => timestamp);
    assert.deepEqual(times(again(requests)[1]), times(requests[0]));
  },
  assert_partial_batch_retry_pruning: (requests) => assert.deepEqual(ids(again(requests)[1]), retriedOf(requests[0])),
};

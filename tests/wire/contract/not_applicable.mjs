// Step tests that do not ask this client, or ask for what it does not do, each with the reason. What is not listed has to hold.

const REASONS = {
  clientFormat: "it is about the format of posthog-js (/e/); this client speaks that of the servers' libraries (/batch/)",
  byTime: "no number of events sets off a batch: events gather for a time (gather_ms)",
  noLimit: "there is no greatest number of tries: given up is only what is refused, held back, too old for a full queue or no longer allowed",
  noCompression: "requests are not compressed",
  aboutMock: "it examines the answers of the contract's own collector, not a client",
  noGeoip: "no setting adds $geoip_disable; where a page says so itself, in track() or beforeSend, it is sent (posthog.test.mjs)",
  noMigration: "neither format's body says historical_migration: an encoder of the page's own would have to",
};

const BY_NAME = {
  flush_at_triggers_batch: REASONS.byTime,
  max_retries_respected: REASONS.noLimit,
  sends_gzip_when_enabled: REASONS.noCompression,
  sends_gzip_content_encoding: REASONS.noCompression,
  sends_deflate_content_encoding: REASONS.noCompression,
  sends_br_content_encoding: REASONS.noCompression,
  sends_zstd_content_encoding: REASONS.noCompression,
  compressed_body_is_decompressible: REASONS.noCompression,
  success_response_has_uuid_keyed_results: REASONS.aboutMock,
  success_response_has_ok_for_each_event: REASONS.aboutMock,
  success_no_retry_after_when_all_ok: REASONS.aboutMock,
  success_retry_after_present_when_retry_events: REASONS.aboutMock,
  success_no_retry_after_when_drop_only: REASONS.aboutMock,
  response_echoes_request_id: REASONS.aboutMock,
  retryable_errors_have_retry_after: REASONS.aboutMock,
  non_retryable_errors_have_no_retry_after: REASONS.aboutMock,
  geoip_disable_injected_into_properties: REASONS.noGeoip,
  historical_migration_set_in_body: REASONS.noMigration,
};

/** @returns {string | false} why a test does not apply; false when it does */
export const whyNot = ({ name, sdk_types: types }) => (types && !types.includes("server") ? REASONS.clientFormat : BY_NAME[name] ?? false);

/** The names that are listed, so that a list that outlived its tests is found. */
export const LISTED = Object.keys(BY_NAME);

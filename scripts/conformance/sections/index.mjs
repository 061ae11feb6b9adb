// Every section by its name: how many fields a case has, and `read`, which makes of them the case's name, what is
// expected, and how to ask. An answer has to be the same, unless `matches` says when it is.
import * as buckets from "./buckets.mjs";
import { decrypt } from "./decrypt.mjs";
import { evalCondition } from "./eval_condition.mjs";
import { feature } from "./feature.mjs";
import { pruneCondition } from "./prune_condition.mjs";
import { reducePayload } from "./reduce_payload.mjs";
import { run } from "./run.mjs";
import { stickyBucket } from "./sticky_bucket.mjs";
import { urlRedirect } from "./url_redirect.mjs";

export const SECTIONS = {
  ...buckets,
  contextualBandit: feature,
  decrypt,
  evalCondition,
  feature,
  pruneCondition,
  reducePayload,
  run,
  stickyBucket,
  urlRedirect,
};

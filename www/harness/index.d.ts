import type { Referral, RewardEntry, RewardStatement, ShareChannel, ShareLinkChannel, ShareOptions, ShareResult } from "./referral.js";
import type { PlainDecision, Decision, Trace, FeatureResult, RunResult, AutomaticResult, ExperimentDefinition } from "./decisions.js";

export * from "./decisions.js";
export * from "./referral.js";

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The site definition; `site.schema.json` beside this file describes every field. */
export type SiteDefinition = { [section: string]: Json };

/** What can be told to {@link start}. */
export interface StartOptions {
  /** The site definition: an address, or the document itself. */
  site: string | SiteDefinition;
  /**
   * Events in a format of the page's own; see {@link Encoder}. What Privateer knows itself is chosen by `delivery.format`.
   */
  encoder?: Encoder;
  /**
   * A last look at each message before it is sent, as often as it is sent. What it returns goes in its place; `null` holds the
   * message back, which counts as dropped. It sees Segment's messages, whatever the format.
   */
  beforeSend?: (message: Message) => Message | null | undefined | Promise<Message | null | undefined>;
  /** Checks events against the tracking plan of the definition, if it has one; what is wrong is among `problems()`. */
  debug?: boolean;
  /** Attributes of the visitor that experiments and scores may use, known before the first decision. */
  attributes?: Attributes;
  /** How long the module, the site definition or an experiments payload may take to arrive, in milliseconds. Default 3000. */
  timeout?: number;
}

/** Attributes of a visitor by name: what conditions ask about and hashes are made of. */
export type Attributes = { [name: string]: Json };

/** The site's flags and the types of their values. Empty until `npx privateer-types payload.json --out flags.d.ts` adds them (with privateer installed); then `flag` knows every value, and refuses fallbacks that are none. */
export interface Flags {}

/** A key that {@link Flags} does not list: a listed one must not slip past its own type. */
export type UnlistedFlag<K extends string> = K extends keyof Flags ? never : K;

/** What a visitor is asked for. `experiments`: assignments are kept, and what was shown is recorded. `analytics`: events are recorded, stored and sent. `marketing`: ids of clicks on advertisements are recorded, and visitors are known again on other domains. */
export type Purpose = "experiments" | "analytics" | "marketing";

/** A Segment message, as it is stored and sent. */
export type Message = {
  type: "track" | "page" | "identify" | "alias" | "group";
  messageId: string;
  anonymousId: string;
  userId?: string;
  timestamp: string;
  context: { [name: string]: Json };
  [name: string]: Json | undefined;
};

/** Writes messages as a collector wants them. */
export interface Encoder {
  /** The request: its body, its address if that is another one, its type (`text/plain` needs no preflight) and further headers. `leaving`: the page may be gone the next moment, and at most 60,000 bytes go along. */
  encode(messages: Message[], about: { url: string; writeKey?: string; sentAt: string; leaving: boolean; attempt: number; requestId: string; createdAt: string; settings: object }): { body: string; url?: string; type?: string; headers?: { [name: string]: string } };
  /** What the collector said of each message, where it tells them apart. */
  read?(status: number, text: string | undefined, messages: Message[]): { [messageId: string]: "ok" | "retry" | "drop" } | undefined;
}

/** What brought a visitor. */
export interface Touch {
  /** When, ISO 8601. */
  time: string;
  /** The page it began with. */
  url: string;
  /** The page that led there. */
  referrer: string | null;
  /** GA4's default channel group, such as "Organic Search". */
  channel?: string;
  /** `utm_*` by Segment's names. */
  campaign?: { [name: string]: string };
  /** Ids of clicks, with consent to marketing. */
  clicks?: { [name: string]: string };
}

export interface Identity {
  anonymousId: string;
  userId: string | null;
  groupId: string | null;
  sessionId: string | null;
  windowId: string | null;
  firstTouch: Touch | null;
  lastTouch: Touch | null;
}

/** The assignments kept for one value of an attribute: GrowthBook's document. */
export interface StickyDocument {
  /** The attribute that was hashed. */
  attributeName: string;
  /** Its value. */
  attributeValue: string;
  /** Keys of variations, by `<experiment>__<bucketVersion>`. */
  assignments: { [experiment: string]: string };
}

/** An exposure as it is recorded: a Segment message. */
export interface ExposureEvent {
  type: "track";
  event: "Experiment Viewed";
  messageId: string;
  anonymousId: string;
  /** When, by ISO 8601. */
  timestamp: string;
  /** Segment's A/B testing properties. */
  properties: {
    experiment_id: string;
    experiment_name?: string;
    variation_id: string;
    variation_name?: string;
    /** The feature behind which the experiment ran; absent for one that stands alone. */
    feature_id?: string;
  };
  context: { [name: string]: Json };
}

/**
 * Features and experiments, decided for one visitor.
 *
 * `flag`, `variation`, `run` and `automatic` show something to the visitor: they record the exposure, once per variation
 * and hashed value, and keep the assignment where assignments are kept. `decide`, `decideAll`, `evaluate` and `why`
 * only look: they record nothing and keep nothing. Nor do `assign` and `assignMany`, which are about ids, not about this visitor.
 */
export interface Experiments {
  /** The value of a feature, or the fallback when it is unknown, has no value, or nothing is loaded. Records the exposure. */
  flag<K extends keyof Flags>(key: K, fallback: Flags[K]): Flags[K];
  flag<K extends string>(key: UnlistedFlag<K>, fallback: string): string;
  flag<K extends string>(key: UnlistedFlag<K>, fallback: number): number;
  flag<K extends string>(key: UnlistedFlag<K>, fallback: boolean): boolean;
  flag<T extends Json, K extends string = string>(key: UnlistedFlag<K>, fallback: T): T;
  /** The index of the variation this visitor is in, or `null` when no experiment decides. Records the exposure. */
  variation(key: string): number | null;
  /** The decision. Records nothing and keeps nothing. */
  decide(key: string): PlainDecision;
  /** Every feature's decision, in the payload's order. Records nothing and keeps nothing. */
  decideAll(): PlainDecision[];
  /** The features' keys, in the payload's order. */
  features(): string[];
  /** The same decision in the shape of GrowthBook's SDKs. Records nothing and keeps nothing. */
  evaluate(key: string): FeatureResult;
  /** Runs an experiment that stands alone. Records the exposure when the hash decided. */
  run(experiment: ExperimentDefinition): RunResult;
  /** Runs the payload's automatic experiments at this address, until the first that redirects. Records their exposures. A page calls this by itself, and follows the redirect. */
  automatic(): AutomaticResult;
  /** The decision with every rule that was tried for it, in words and numbers. The words are loaded on first use. Records nothing and keeps nothing. */
  why(key: string): Promise<Trace>;
  /**
   * The variation of an id by hashing alone, or -1: coverage, weights or ranges, the namespace, and filters of the same
   * attribute. Conditions are not asked, for of this visitor nothing but the id is known. Records nothing and keeps nothing.
   * @param experiment its definition, or the key of one among the features' rules. A definition is read once, as long as it is
   *   the same object: to change one, hand in another.
   */
  assign(experiment: ExperimentDefinition | string, id: string): number;
  /** The same for many ids at once: texts, or one a line in UTF-8, which is fastest. */
  assignMany(experiment: ExperimentDefinition | string, ids: readonly string[] | Uint8Array): Int16Array;
  /** Adds attributes to those told before, or replaces them. Nothing is sent. */
  attributes(values: Attributes): void;
  /** Replaces all attributes told before. Nothing is sent. */
  setAttributes(values: Attributes): void;
  /** Calls back after anything above may have changed, once for all that happens in one turn. Returns the function that stops it. */
  subscribe(listener: () => void): () => void;
  /** Calls back when this feature's value, or its source, is another one. Returns the function that stops it. */
  subscribe(key: string, listener: (decision: PlainDecision) => void): () => void;
}

/** What decisions without a page go by. */
export interface ExperimentsOptions {
  /** What decisions ask about. Nothing is added to them, so `id` is yours to tell. */
  attributes?: Attributes;
  /** The page's address, for experiments that run at certain ones and for `?experiment-key=1`. Default "". */
  url?: string;
  /** Whether experiments run at all; rules that set a value are not affected. Default true. */
  enabled?: boolean;
  /** Whether nobody is placed by a hash, so that a test sees what it forces and nothing else. Default false. */
  qaMode?: boolean;
  /** Variations given to everybody, by experiment key. They do not count. */
  forcedVariations?: { [experiment: string]: number };
  /** The ids of the saved groups this visitor belongs to, for groups whose members the payload does not list. */
  remoteGroupIds?: string[];
  /** "0.8": conditions convert values when they compare, as version 0.8.0 of GrowthBook's specification has it. */
  compat?: "0.8";
  /** Whether assignments are kept: `true`, or the documents this visitor has from before. Default false. */
  sticky?: boolean | StickyDocument[];
  /** The key to an encrypted payload, in base64. */
  decryptionKey?: string;
  /** Node: the bytes of `privateer/privateer_bg.wasm`. Browsers find it by themselves. */
  wasm?: BufferSource | WebAssembly.Module;
}

/** Decisions without a page: nothing is sent, nothing stored. */
export interface StandaloneExperiments extends Experiments {
  /** The assignments kept, by `<attribute>||<value>`; empty without the option `sticky`. */
  stickyDocuments(): { [name: string]: StickyDocument };
  /** The exposures recorded since the last call. */
  exposures(): ExposureEvent[];
  /** The mistakes found in the payload; those in a feature, once it was asked for. */
  problems(): Problem[];
  /** Gives its memory back. Nothing may be called afterwards. */
  free(): void;
}

/** One line of a score. */
export interface ScoreReason {
  /** The rule's id; "cap" and "floor" are the lines that hold a group, an axis or the total within its bounds. */
  rule: string;
  /** The rule's label for people; of a cap or a floor the name of what it holds. */
  label: string;
  /** What it belongs to. */
  axis: "fit" | "engagement" | "value" | "total";
  /** What this line adds, in thousandths at the finest; negative takes away. An axis' lines sum to it exactly, and all but those of `value` to the total. */
  points: number;
  /** What was counted: events, different values, days, or the sum. */
  count: number;
  /** The event that counted last: its id and when it happened. */
  messageId?: string;
  timestamp?: string;
}

/** A lead score, largest contribution first. */
export interface Score {
  /** Fit and engagement together. `null` when the site defines no scoring: "not scored" is not 0. */
  total: number | null;
  /** Who they are; `null` where nothing that the rules ask for is known. Absent, like all below, when the site defines no scoring. */
  fit?: number | null;
  /** What they do. */
  engagement?: number | null;
  /** What they are worth. No part of the total. */
  value?: number | null;
  /** A letter for fit and a digit for engagement, such as "B2"; `null` without a grid, without an axis, and for the disqualified. */
  grade?: string | null;
  /** Where in their life they are; `null` before the first stage. */
  stage?: string | null;
  /** The thresholds that are reached. */
  thresholds?: string[];
  /** The triggers that fired in this session. */
  triggers?: string[];
  /** The rules that disqualify the lead. */
  disqualified?: string[];
  /** Attributes that rules ask for and nobody knows. */
  missing?: string[];
  /** The version of the model: a hash of its canonical form. */
  model?: string;
  /** What learned models say, by their ids: the value (`null` where a model has no answer), and what made it, largest first; base and contributions sum to the margin but for a rounding. */
  learned?: { [id: string]: { value: number | null; base: number; margin: number; reasons: { name: string; contribution: number }[] } };
  /** How many events it is made of. */
  events?: number;
  /** Largest first. */
  reasons: ScoreReason[];
  /** What would raise the total most, were it to happen once more, or to hold. */
  next?: { rule: string; label: string; points: number }[];
}

/** Counts since this visitor was first seen in this browser. */
export interface Status {
  /** Events recorded in all. */
  recorded: number;
  /** Events waiting to be delivered. */
  queued: number;
  /** Events a collector acknowledged. */
  delivered: number;
  /** Events given up: refused by the collector for good, or pushed out of a full queue. */
  dropped: number;
}

/** May events and ids be stored and sent? "pending" keeps them in memory until the visitor answers. */
export type Consent = "granted" | "pending" | "denied";

/** One mistake found in the site definition or the payload; everything else keeps working. */
export interface Problem {
  /** A stable word, such as "wrong-type". */
  code: string;
  /** Where: a path such as `$.scoring.rules[2].points`. */
  path: string;
  /** What to do about it. */
  message: string;
}

/** What a QR code is to be like. */
export interface QrOptions {
  /** How much of it may be dirty or covered: `"L"` 7 %, `"M"` 15 %, `"Q"` 25 %, `"H"` 30 %. With a logo it is H. */
  level?: "L" | "M" | "Q" | "H";
  /** The smallest version, 1 to 40, so that codes of different texts have one size. A text that needs more gets a larger one. */
  version?: number;
  /**
   * Keeps a square in the middle free for a logo: so many percent of the code's width, 1 to 25, or `true` for 25. The document's
   * `data-logo` tells how wide it is, in the units of its `viewBox`.
   */
  logo?: number | boolean;
  /**
   * `true` puts scheme and host of a link in capitals, which mean the same and take less room; `"path"` the path, too, for a server that
   * reads it in capitals as in small letters. The query never changes.
   */
  upper?: boolean | "path";
}

/** Everything about this visitor, in one object. */
export interface Privateer extends Experiments {
  /** Whether the engine runs with a site definition. `false` means that every call answers with its fallback; `problems()` says why. */
  readonly ready: boolean;
  /** The decision with its reason. Records nothing and keeps nothing. */
  decide(key: string): Decision;
  /** Every feature's decision, in the payload's order. Records nothing and keeps nothing. */
  decideAll(): Decision[];
  /** Records an event. The event is in the browser's storage before this returns. */
  track(event: string, properties?: { [name: string]: Json }, options?: { /** When it happened, if that is not now. */ time?: number | Date | string }): void;
  /** Records a page view. The first one of a page is recorded by itself. */
  page(properties?: { [name: string]: Json }): void;
  /** Names the visitor and keeps traits, which experiments and scores see as attributes. Another user than the one before begins without theirs. */
  identify(userId: string, traits?: { [name: string]: Json }): void;
  /** The lead score with its reasons. */
  score(): Score;
  /** An event counts no more for scores: it is as if it had never happened. */
  unscore(messageId: string): void;
  /** Calls back with the id when a threshold is reached, a stage entered, or a trigger fires. Returns the function that stops it. */
  on(what: "threshold" | "stage" | "trigger", listener: (id: string) => void): () => void;
  /** The referral code and link. */
  referral(): Referral;
  /**
   * An address, by default the page's, with this visitor's code in place of any that is there; all else is kept byte for byte. As long
   * as they have none (`referral().code` is `null`), it comes back as it is. With a channel, such as `"whatsapp"`, also tagged with `utm_source`,
   * `utm_medium` and `utm_campaign`, unless the address has them.
   */
  link(url?: string, options?: { channel?: string }): string;
  /** The short link to the site of an address, such as `https://example.com/r/ABCD2345`, where the program has a `path`; else as `link`. */
  shortLink(url?: string): string;
  /** An address without the code that it carries. */
  cleanLink(url?: string): string;
  /**
   * Where an address that came from outside leads (`?to=…`), written whole, if it is an address of the web on the page's own host or one of
   * `referral.hosts`; `null` for others: no open redirects. Follow the answer, not the target.
   */
  safeTarget(target: string): string | null;
  /**
   * The visitor typed the code of whoever sent them: case, spaces, hyphens and look-alikes are repaired. Returns the code; `null` where it is
   * nobody's, by its check character, or the visitor's own. It counts like a link that was followed now.
   */
  enterCode(typed: string): string | null;
  /**
   * Passes the invitation on. Call it in the handler of a click, before anything is waited for: browsers open sheets and windows, and give the
   * clipboard, to nobody else. Records `Invite Shared` where `shared` is true. Never rejects.
   */
  share(channel: ShareChannel, what?: ShareOptions): Promise<ShareResult>;
  /** The addresses of all channels that have one, for plain links, each with a link of its own. */
  shareLinks(what?: ShareOptions): Promise<Record<ShareLinkChannel, string>>;
  /**
   * A preview of what the program owes for a history of conversions that the site's server told: of this visitor, or of another `person` (a
   * code, or a friend's id). Resolves to `null` without a program. What is owed in earnest is settled on a server, by the same function:
   * `settleRewards` of `privateer/insights`, or `referral::reward` of the crate.
   */
  rewards(history: readonly RewardEntry[], options?: { now?: number; person?: string }): Promise<RewardStatement | null>;
  /**
   * A QR code as SVG text, black on white with its quiet zone; the smallest one at level M, or L for a text that only fits so, unless the
   * options say otherwise. The encoder is loaded on first use.
   *
   * Rejects with an error that has a `code`: `"qr-too-long"` (over 2,953 bytes at level L, 1,273 at H or with a logo), `"qr-level"`,
   * `"qr-version"`, `"qr-logo"`.
   *
   * ```js
   * await privateer.qr(privateer.link("https://example.com/r/"), { upper: true, logo: 20 });
   * ```
   */
  qr(text: string, options?: QrOptions): Promise<string>;
  /** What the visitor allowed. */
  consent(purpose?: Purpose): Consent;
  /**
   * Sets what the visitor allows: for every purpose, or for those that are named. A no to analytics erases everything stored and
   * stops recording; a no to marketing erases the ids of clicks and what is known of earlier touches; a no to experiments erases
   * kept assignments. What Global Privacy Control refuses stays refused, unless `consent.gpc` is `false`.
   */
  setConsent(consent: "granted" | "denied" | { [purpose in Purpose]?: "granted" | "denied" }): void;
  /** Shows a variation without an exposure, until the page is left; `null` ends the preview. */
  preview(key: string, variation: number | null): void;
  /** Erases all that is stored about this visitor; the next decision is for a new visitor. */
  forget(): void;
  /** How many events were recorded, wait, were delivered, were dropped. */
  status(): Status;
  /**
   * Sends what waits. Resolves when all of it is acknowledged; or after `timeout` milliseconds (10,000), or at once where nothing may
   * be sent: `queued` tells.
   */
  flush(options?: { timeout?: number }): Promise<Status>;
  /** The last 20 events that the collector will never take, oldest first; `status` is what it answered. */
  deadLetters(): { messageId: string; event: string; status: number }[];
  /** Joins two ids of one person: from now on `userId` holds. Without `previousId` the present id is meant. */
  alias(userId: string, previousId?: string): void;
  /** Says which group, such as a company, the visitor belongs to; events carry its id from now on. */
  group(groupId: string, traits?: { [name: string]: Json }): void;
  /** Begins a new session, whatever the time. */
  newSession(): void;
  /** Who the visitor is here, and what brought them: the first time, and the last time that it was no direct visit. */
  identity(): Identity;
  /** The mistakes found in the site definition and the payload. */
  problems(): Problem[];
  /** Calls back after anything about this visitor may have changed, once for all that happens in one turn. Returns the function that stops it. */
  subscribe(listener: () => void): () => void;
  /** Calls back when this feature's value, or its source, is another one. Returns the function that stops it. */
  subscribe(key: string, listener: (decision: Decision) => void): () => void;
}

/** Starts Privateer on this page. Never rejects: without a site definition the answers are the fallbacks. */
export function start(options: StartOptions): Promise<Privateer>;

/**
 * Decides without a page: for workers, servers and tests.
 *
 * Rejects with the `DecryptionError` of `privateer/decrypt` when `decryptionKey` does not fit. A payload that is none has no features; `problems()` says why.
 * @param payload a GrowthBook SDK payload: its text, that text's bytes in UTF-8 (fastest), or the object
 */
export function experiments(payload: string | Uint8Array | object, options?: ExperimentsOptions): Promise<StandaloneExperiments>;

/**
 * The same at once, after `start` or `experiments` was awaited, or `instantiate` was called: there are no more downloads
 * to wait for. An encrypted payload stays closed.
 */
export function experimentsNow(
  payload: string | Uint8Array | object,
  options?: Omit<ExperimentsOptions, "wasm" | "decryptionKey">,
): StandaloneExperiments;

/**
 * Starts the WebAssembly module at once, for servers, workers and tests that have it at hand. `start` and `experiments` do it by themselves.
 *
 * The module runs once, whoever starts it first; later calls change nothing.
 * @param wasm the bytes of `privateer/privateer_bg.wasm`, or the module compiled from them; browsers refuse to compile many bytes at once
 * @returns its memory: how much it holds can be read there
 */
export function instantiate(wasm: BufferSource | WebAssembly.Module): WebAssembly.Memory;

/** Calls made before Privateer runs: a method's name and its arguments, the time of the event in the fourth place. */
declare global {
  interface Window {
    privateerQueue?: { push(...calls: [verb: string, first?: unknown, second?: unknown, time?: number][]): unknown };
  }
}

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The site definition; `site.schema.json` beside this file describes every field. */
export type SiteDefinition = { [section: string]: Json };

/** What can be told to {@link start}. */
export interface StartOptions {
  /** The site definition: an address, or the document itself. */
  site: string | SiteDefinition;
  /** Attributes of the visitor that experiments and scores may use, known before the first decision. */
  attributes?: { [name: string]: Json };
  /** How long the module, the site definition or an experiments payload may take to arrive, in milliseconds. Default 3000. */
  timeout?: number;
}

/** Why a value was served: the GrowthBook SDK's words. */
export type DecisionSource =
  /** No rule applies. */
  | "defaultValue"
  /** A rule sets the value. */
  | "force"
  /** An experiment chose it; without a `bucket` it is a preview. */
  | "experiment"
  /** The site has no such feature. */
  | "unknownFeature"
  /** Nothing is loaded yet: neither on, nor off, nor unknown. */
  | "loading";

/** What was chosen for this visitor, and why. */
export interface Decision {
  /** The feature's key. */
  key: string;
  /** The value to use; `null` when the feature has none. */
  value: Json;
  /** Whether the value is truthy. */
  on: boolean;
  source: DecisionSource;
  /** The deciding rule's id, or "". */
  rule: string;
  /** The experiment's key, when one decided. */
  experiment: string | null;
  /** The variation's index, counted from 0, when an experiment decided. */
  variation: number | null;
  /** The variation's own key, as it stands in exposure events. */
  variationKey: string | null;
  /** The visitor's place on the line from 0 to 1 by which the variation was picked. */
  bucket: number | null;
  /** The same in a sentence. */
  reason: string;
}

/** One line of a score. */
export interface ScoreReason {
  /** The rule's id; "cap" and "floor" are the lines that hold the total within its bounds. */
  rule: string;
  /** The rule's label for people. */
  label: string;
  /** What this line adds; negative takes away. All lines sum to the total exactly. */
  points: number;
  /** How often the rule matched. */
  count: number;
}

/** A lead score, largest contribution first. */
export interface Score {
  /** `null` when the site defines no scoring: "not scored" is not 0. */
  total: number | null;
  reasons: ScoreReason[];
}

/** The visitor as an advocate and as a friend. */
export interface Referral {
  /** This visitor's own code, or `null` when the site has no referral program or consent was denied. */
  code: string | null;
  /** The page's address with the code added. */
  link: string | null;
  /** The code this visitor arrived with, if any. */
  incoming: string | null;
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

/** Everything about this visitor, in one object. */
export interface Privateer {
  /** Whether the engine runs with a site definition. `false` means that every call answers with its fallback; `problems()` says why. */
  readonly ready: boolean;
  /** The value of a feature, or the fallback when it is unknown, has no value, or nothing is loaded. Records an exposure. */
  flag<T extends Json>(key: string, fallback: T): T;
  /** The index of the variation this visitor is in, or `null` when no experiment decides. Records an exposure. */
  variation(key: string): number | null;
  /** The decision with its reason. Records no exposure. */
  decide(key: string): Decision;
  /** Every feature's decision, in the payload's order. Records no exposures. */
  decideAll(): Decision[];
  /** Records an event. The event is in the browser's storage before this returns. */
  track(event: string, properties?: { [name: string]: Json }): void;
  /** Records a page view. The first one of a page is recorded by itself. */
  page(properties?: { [name: string]: Json }): void;
  /** Names the visitor and keeps traits, which experiments and scores see as attributes. */
  identify(userId: string, traits?: { [name: string]: Json }): void;
  /** Adds or replaces attributes. Nothing is sent. */
  attributes(values: { [name: string]: Json }): void;
  /** The lead score with its reasons. */
  score(): Score;
  /** The referral code and link. */
  referral(): Referral;
  /** An address with this visitor's code added; query and fragment are kept as they are. */
  link(url?: string): string;
  /** A QR code as SVG text. The encoder is loaded on first use. Rejects when the text is too long (over 2,953 bytes). */
  qr(text: string): Promise<string>;
  /** What the visitor allowed. */
  consent(): Consent;
  /** Sets what the visitor allows. "denied" erases everything stored and stops recording. */
  setConsent(consent: "granted" | "denied"): void;
  /** Shows a variation without an exposure, until the page is left; `null` ends the preview. */
  preview(key: string, variation: number | null): void;
  /** Erases all that is stored about this visitor; the next decision is for a new visitor. */
  forget(): void;
  /** How many events were recorded, wait, were delivered, were dropped. */
  status(): Status;
  /** Sends what waits. Resolves when the collector answered or could not be reached. */
  flush(): Promise<Status>;
  /** The mistakes found in the site definition. */
  problems(): Problem[];
  /** Calls back after anything above has changed. Returns the function that stops it. */
  subscribe(listener: () => void): () => void;
}

/** Starts Privateer on this page. Never rejects: without a site definition the answers are the fallbacks. */
export function start(options: StartOptions): Promise<Privateer>;

// What experiments and features answer with, and what they are defined by.
import type { Json } from "./index.js";

/** Why a value was served: the GrowthBook SDKs' words. */
export type DecisionSource =
  /** No rule applies. */
  | "defaultValue"
  /** A rule sets the value. */
  | "force"
  /** An experiment chose it; without a `bucket` it was forced, previewed or asked for by the page's address, and does not count. */
  | "experiment"
  /** A feature that this one needs does not have the value it needs, so this one has none. */
  | "prerequisite"
  /** The features it needs lead back to it, so it has no value. */
  | "cyclicPrerequisite"
  /** The payload has no such feature. */
  | "unknownFeature"
  /** Nothing is loaded yet: neither on, nor off, nor unknown. */
  | "loading";

/** What was chosen for this visitor. */
export interface PlainDecision {
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
  /** Whether the variation was given before and is kept; then the bucket need not belong to it any more. */
  kept: boolean;
}

/** What was chosen for this visitor, and why. */
export interface Decision extends PlainDecision {
  /** Why, in a sentence. */
  reason: string;
}

/** A decision, and every rule that was tried for it. */
export interface Trace extends Decision {
  /** The rules in the order they were tried, those of the features it depends on among them. */
  steps: TraceStep[];
}

/** One rule that was tried. The numbers are there where the rule hashes an attribute. */
export interface TraceStep {
  /** The feature whose rule it is. */
  feature: string;
  /** The rule's id, or "". */
  rule: string;
  /** Whether the rule gave its value, or its experiment took the visitor in. */
  applied: boolean;
  /** What came of it, in a sentence. */
  reason: string;
  /** The experiment's key, when the rule runs one. */
  experiment?: string;
  /** The variation's index; 0 also for those who are not in. */
  variation?: number;
  /** The attribute that is hashed. */
  attribute?: string;
  /** Its text; `null` when the visitor has no usable one. */
  value?: string | null;
  /** Where that text lies on the line from 0 to 1. */
  bucket?: number;
  /** The parts of the line that the rule reaches, or that belong to each variation; a part ends before its second number. */
  ranges?: [number, number][];
  /** The rule's condition. */
  condition?: Json;
}

/** What a feature is for this visitor, in the shape of GrowthBook's SDKs. */
export interface FeatureResult {
  /** The value; `null` when the feature has none. */
  value: Json;
  /** Whether the value is truthy. */
  on: boolean;
  /** The opposite of `on`. */
  off: boolean;
  source: DecisionSource;
  /** The deciding rule's id, or "". */
  ruleId: string;
  /** The experiment that decided, as its rule defines it; with the leaf that set the weights when it is a contextual bandit. */
  experiment?: ExperimentDefinition & { contextualBandit?: BanditLeaf };
  /** What came of it. */
  experimentResult?: ExperimentResult;
}

/** What came of an experiment, in the shape of GrowthBook's SDKs. */
export interface ExperimentResult extends Partial<BanditLeaf> {
  /** The variation's own key, or its index as a text. */
  key: string;
  /** The feature whose rule it is; `null` for an experiment that stands alone. */
  featureId: string | null;
  /** Whether the visitor is in the experiment. */
  inExperiment: boolean;
  /** Whether the hash, or an assignment kept from it, decided. Only then does the visitor count. */
  hashUsed: boolean;
  /** The variation's index, counted from 0; 0 also for those who are not in. */
  variationId: number;
  /** The variation's value; for those who are not in, that of the first variation. */
  value: Json;
  /** The attribute that is hashed. */
  hashAttribute: string;
  /** Its value; "" when the visitor has no usable one. */
  hashValue: Json;
  /** Whether an assignment from an earlier visit decided. */
  stickyBucketUsed: boolean;
  /** The variation's name, for people. */
  name?: string;
  /** The visitor's place on the line from 0 to 1. */
  bucket?: number;
  /** A holdout: the visitor counts here, and the rules after it decide. */
  passthrough?: boolean;
}

/** What came of {@link Experiments.run}: only these four fields for a definition without variations, or before the engine runs. */
export type RunResult = Pick<ExperimentResult, "inExperiment" | "hashUsed" | "variationId" | "value"> & Partial<ExperimentResult>;

/** The part of a contextual bandit that the visitor falls into. */
export interface BanditLeaf {
  /** Its number; -1 where no context fits. */
  leafId: number;
  /** The variations' shares. */
  variationWeights: number[];
  /** The bandit's version. */
  banditVersion?: number;
}

/** What the automatic experiments came to: those of the payload that belong to no feature. */
export interface AutomaticResult {
  /** Those the visitor is in, in the payload's order. */
  results: ExperimentResult[];
  /** The address where the visitor belongs instead of this one. */
  redirect: string | null;
}

/** An experiment that stands alone: GrowthBook's inline experiment. */
export interface ExperimentDefinition {
  /** Names it in events, and is the seed when there is none. */
  key: string;
  /** The variations' values: at least two. */
  variations: Json[];
  /** The variations' shares, which sum to 1; equal ones when absent. */
  weights?: number[];
  /** The share of visitors that take part, 0 to 1. Default 1. */
  coverage?: number;
  /** The parts of the line from 0 to 1, one a variation; they win over weights and coverage. */
  ranges?: [number, number][];
  /** Who takes part: a condition in GrowthBook's language. */
  condition?: { [key: string]: Json };
  /** Features that must have certain values. */
  parentConditions?: { id: string; condition: { [key: string]: Json }; gate?: boolean }[];
  /** Parts of other lines that the visitor must lie in; they win over the namespace. */
  filters?: { attribute?: string; seed?: string; hashVersion?: 1 | 2; ranges: [number, number][] }[];
  /** A namespace's id, and where its part for this experiment begins and ends. */
  namespace?: [id: string, from: number, to: number];
  /** What is hashed with the attribute; the key when absent. */
  seed?: string;
  /** Default 1. Use 2: version 1 correlates between similarly named experiments. */
  hashVersion?: 1 | 2;
  /** The attribute that is hashed. Default "id". */
  hashAttribute?: string;
  /** The attribute that stands in for a missing one, where assignments are kept. */
  fallbackAttribute?: string;
  /** Whether assignments to this experiment are not kept. */
  disableStickyBucketing?: boolean;
  /** The version of its assignments. A new one assigns everybody anew. Default 0. */
  bucketVersion?: number;
  /** Whoever was assigned by an older version than this is left out. */
  minBucketVersion?: number;
  /** Its name, for people. */
  name?: string;
  /** The phase it is in, for people. */
  phase?: string;
  /** A key and a name for each variation; `passthrough` makes it a holdout. */
  meta?: { key?: string; name?: string; passthrough?: boolean }[];
  /** Addresses where it runs, or does not. */
  urlPatterns?: { include?: boolean; type: "simple" | "regex"; pattern: string }[];
  /** The variation that everybody in it gets, uncounted. */
  force?: number;
  /** `false` stops it. */
  active?: boolean;
  /** A draft takes in nobody, and so does one that is stopped. */
  status?: "draft" | "running" | "stopped";
}

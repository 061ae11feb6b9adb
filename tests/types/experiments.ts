// Decisions without a page, and what a page's object shares with them, as a strict TypeScript project uses them.
import {
  experiments,
  experimentsNow,
  instantiate,
  start,
  type AutomaticResult,
  type Decision,
  type DecisionSource,
  type ExperimentDefinition,
  type ExperimentResult,
  type Experiments,
  type ExperimentsOptions,
  type ExposureEvent,
  type FeatureResult,
  type Json,
  type PlainDecision,
  type Problem,
  type RunResult,
  type StandaloneExperiments,
  type StickyDocument,
  type Trace,
  type TraceStep,
} from "privateer";

const EXPERIMENT: ExperimentDefinition = {
  key: "headline",
  variations: ["control", { color: "blue" }, 3, null],
  weights: [0.25, 0.25, 0.25, 0.25],
  hashVersion: 2,
  condition: { plan: { $in: ["crew"] } },
  namespace: ["first", 0, 0.5],
  filters: [{ attribute: "company", ranges: [[0, 0.5]] }],
  parentConditions: [{ id: "wide", condition: { value: true }, gate: true }],
  urlPatterns: [{ include: true, type: "simple", pattern: "/plans/*" }],
  meta: [{ key: "c", name: "Control", passthrough: true }],
};

export async function standalone(bytes: Uint8Array, document: StickyDocument): Promise<void> {
  const options: ExperimentsOptions = {
    attributes: { id: "7", tags: ["a", null] },
    url: "https://example.com/?headline=1",
    enabled: true,
    qaMode: false,
    forcedVariations: { headline: 1 },
    remoteGroupIds: ["beta"],
    compat: "0.8",
    sticky: [document],
    decryptionKey: "AAAA",
    wasm: new ArrayBuffer(8),
  };
  const engine: StandaloneExperiments = await experiments({ features: {} }, options);
  await experiments("{}");
  const held: number = instantiate(bytes).buffer.byteLength;
  const other: StandaloneExperiments = experimentsNow(bytes, { attributes: { id: "7" }, sticky: true });

  const documents: { [name: string]: StickyDocument } = engine.stickyDocuments();
  const assigned: string | undefined = documents["id||7"]?.assignments["headline__0"];
  const exposures: ExposureEvent[] = engine.exposures();
  const shown: string | undefined = exposures[0]?.properties.variation_id;
  const problems: Problem[] = engine.problems();
  const decision: PlainDecision = engine.decide("hero");
  engine.free();
  void [other, assigned, shown, problems, decision];
}

// A page's object does as well wherever experiments are asked for.
export async function shared(): Promise<void> {
  for (const each of [await start({ site: "/site.json" }), await experiments("{}")]) await both(each);
}

async function both(engine: Experiments): Promise<void> {
  const text: string = engine.flag("hero", "control");
  const variation: number | null = engine.variation("hero");
  const all: PlainDecision[] = engine.decideAll();
  const keys: string[] = engine.features();

  const result: FeatureResult = engine.evaluate("hero");
  const value: Json = result.value;
  const behind: ExperimentResult | undefined = result.experimentResult;
  const weights: number[] | undefined = result.experiment?.contextualBandit?.variationWeights;
  const leaf: number | undefined = behind?.leafId;

  const run: RunResult = engine.run(EXPERIMENT);
  const inside: boolean = run.inExperiment;
  const bucket: number | undefined = run.bucket;
  const automatic: AutomaticResult = engine.automatic();
  const redirect: string | null = automatic.redirect;

  const trace: Trace = await engine.why("hero");
  const sentence: string = trace.reason;
  const step: TraceStep | undefined = trace.steps[0];
  const end: number | undefined = step?.ranges?.[0]?.[1];

  const one: number = engine.assign(EXPERIMENT, "7") + engine.assign("headline", "7");
  const many: Int16Array = engine.assignMany(EXPERIMENT, ["7", "8"] as const);
  engine.assignMany("headline", new TextEncoder().encode("7\n8"));

  engine.attributes({ plan: "crew" });
  engine.setAttributes({});
  const stop: () => void = engine.subscribe(() => undefined);
  const still: () => void = engine.subscribe("hero", (decision) => void decision.value);
  void [text, variation, all, keys, value, weights, leaf, inside, bucket, redirect, sentence, end, one, many, stop, still];
}

export function words(source: DecisionSource): boolean {
  switch (source) {
    case "defaultValue":
    case "force":
    case "experiment":
    case "prerequisite":
    case "cyclicPrerequisite":
    case "unknownFeature":
    case "loading":
      return true;
    default: {
      const none: never = source;
      return none;
    }
  }
}

export function misuse(engine: StandaloneExperiments): void {
  // @ts-expect-error an experiment has variations
  engine.run({ key: "headline" });
  // @ts-expect-error an id is a text
  engine.assign(EXPERIMENT, 7);
  // @ts-expect-error only what is asked for under 0.8 is known
  experimentsNow("{}", { compat: "0.9" });
  // @ts-expect-error decrypting takes time
  experimentsNow("{}", { decryptionKey: "AAAA" });
  // @ts-expect-error without a page there is no sentence; why() has one
  const decision: Decision = engine.decide("hero");
  // @ts-expect-error what did not run has no hashed attribute
  const attribute: string = engine.run(EXPERIMENT).hashAttribute;
  // @ts-expect-error without a page nothing is tracked
  engine.track("Plan Chosen");
  // @ts-expect-error a function is no JSON
  engine.attributes({ plan: () => "crew" });
  void [decision, attribute];
}

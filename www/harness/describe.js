// Why a value was served, in a sentence.
const SENTENCES = {
  defaultValue: () => "No rule applies to this visitor, so the default value is used.",
  force: ({ rule }) => `Rule ${rule || "without an id"} applies and sets this value.`,
  experiment: (decision) => (decision.bucket === null ? forced : decision.kept ? kept : placed)(decision),
  prerequisite: () => "A feature that this one depends on does not have the value it needs.",
  cyclicPrerequisite: () => "This feature depends on one that depends on it.",
  unknownFeature: ({ key }) => `The site has no feature called ${key}.`,
  loading: () => "Nothing is loaded yet.",
};

const forced = ({ experiment, variation }) => `Variation ${variation} of experiment ${experiment} is forced; it is not counted.`;

// The weights may have changed since: the place need not belong to the variation any more.
const kept = ({ experiment, variation, bucket }) =>
  `Experiment ${experiment} gave this visitor variation ${variation} before, and they keep it. Their place on the line from 0 to 1 is ${bucket}.`;

const placed = ({ experiment, variation, bucket }) =>
  `Experiment ${experiment} put this visitor at ${bucket} of the line from 0 to 1, which belongs to variation ${variation}.`;

export const describe = (decision) => SENTENCES[decision.source]?.(decision) ?? decision.source;

// A decision with its reason in words, which is put together for those who ask for it.
export const withReason = (decision) => ({
  ...decision,
  get reason() {
    return describe(decision);
  },
});

/**
 * Makes a learned model ready to be asked.
 *
 * `file` is a model file: what the insights build's `importModel` makes of what LightGBM, XGBoost, scikit-learn or PMML wrote.
 * What asks it is `learned.wasm`, fetched from beside the script unless it is given as bytes or as a compiled module.
 *
 * Rejects with a {@link ModelError} whose `code` is `"model-file"` where the file is damaged, or of another version.
 */
export function load(file: Uint8Array | ArrayBuffer, program?: BufferSource | WebAssembly.Module): Promise<Model>;

/** A model, ready to be asked. */
export interface Model {
  /** What a row is made of, in order. */
  features: Feature[];
  /** The names of the contributions: the features', then those of what belongs to no single one, such as a scorecard's characteristics. */
  lines: string[];
  /**
   * Asks the model. `row` has one number a feature; `NaN` is a missing value. Throws a {@link ModelError} whose `code` is
   * `"wrong-length"` where it has another number of them.
   */
  predict(row: ArrayLike<number>): Prediction;
}

/** One number of a row. */
export interface Feature {
  /** As the trainer knew it. */
  name: string;
  /** A number, or the place of a category in `categories`, from 0; -1 for one that is not in the list. */
  kind: "number" | "category";
  /** Absent where the trainer wrote none: then the number is the trainer's own code. */
  categories?: string[];
}

/**
 * An answer with its sum: `base`, then each of `contributions` in order, then `rounding`, added from the left, is `margin` to
 * the last bit.
 */
export interface Prediction {
  /** The probability, the expected number, the points. `NaN` where the model has no answer. */
  value: number;
  /** The sum before link and calibration: log odds, as a rule. */
  margin: number;
  /** What the sum is for nobody in particular. */
  base: number;
  /** What the trainer's order of adding leaves: some units of the last place. */
  rounding: number;
  /** What each of `lines` adds. */
  contributions: Float64Array;
  /** A scorecard's reason codes, the strongest first; empty for other models. */
  reasons: { code: string; points: number }[];
}

/** Why a model cannot be used. `message` says it in a sentence. */
export interface ModelError extends Error {
  code: "model-file" | "wrong-length";
  path: string;
}

/**
 * Starts the module at once, and answers with its memory.
 * `scoring` and `referral` are its other parts, `scoring.wasm` and `referral.wasm`; without them nobody is scored, and there is no
 * referral program.
 */
export function initSync(options: {
  module: BufferSource | WebAssembly.Module;
  scoring?: BufferSource | WebAssembly.Module;
  referral?: BufferSource | WebAssembly.Module;
}): WebAssembly.Memory;

/** Starts the module: the one given, or the file beside this script; and its other parts. Later calls cost nothing. */
export default function init(wasm?: BufferSource | WebAssembly.Module): Promise<void>;

/** What happened. ARCHITECTURE.md leads to what goes with each. */
export type Verb =
  | "begun" | "now" | "payload" | "track" | "page" | "identify" | "attributes" | "seen" | "sticky" | "ran" | "automatic"
  | "preview" | "consent" | "attend" | "forget" | "leave" | "wake" | "flush" | "answer";

/** What is known. */
export type Question =
  | "decision" | "trace" | "run" | "automatic" | "sticky" | "features" | "score" | "referral" | "status" | "problems"
  | "link" | "consent" | "events" | "probe";

/** A made-up visitor in memory: the decisions, events and scores of a page, nothing stored or sent. */
export class Visitor {
  private constructor();
  /**
   * @param site the site definition's text
   * @param page the page as JSON, in the shape of Segment's `context`
   * @param seed what its random choices follow from, 0 to 2³² - 1
   * @param now its time in ms, which stands still until the step `now`
   */
  static simulated(site: string, page: string, seed: number, now: number): Visitor;
  /** What happened. */
  step(verb: Verb, text?: string, more?: string, number?: number): void;
  /** What is known, as JSON; `link` and `consent` are answered with plain text. */
  ask(question: Question, text?: string): string;
  /** Gives its memory back. Nothing may be called afterwards. */
  free(): void;
}

// What is asked of the engine; src/wasm/page.rs says what it answers. src/wasm/words.rs has the same list.
export const DECISION = 0;
export const TRACE = 1;
export const RUN = 2;
export const AUTOMATIC = 3;
export const STICKY = 4;
export const FEATURES = 5;
export const SCORE = 6;
export const REFERRAL = 7;
export const STATUS = 8;
export const PROBLEMS = 9;
export const LINK = 10;
export const CONSENT = 11;
export const EVENTS = 12;
export const PROBE = 13;

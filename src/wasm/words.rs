//! What is said and asked at the two doors, as numbers. `www/harness/verbs.js` and `questions.js` have the same ones; a test
//! compares them.

/// What happened.
pub mod verb {
    pub const BEGUN: u32 = 0;
    pub const NOW: u32 = 1;
    pub const PAYLOAD: u32 = 2;
    pub const TRACK: u32 = 3;
    pub const PAGE: u32 = 4;
    pub const IDENTIFY: u32 = 5;
    pub const ATTRIBUTES: u32 = 6;
    pub const SEEN: u32 = 7;
    pub const STICKY: u32 = 8;
    pub const RAN: u32 = 9;
    pub const AUTOMATIC: u32 = 10;
    pub const PREVIEW: u32 = 11;
    pub const CONSENT: u32 = 12;
    pub const ATTEND: u32 = 13;
    pub const FORGET: u32 = 14;
    pub const LEAVE: u32 = 15;
    pub const WAKE: u32 = 16;
    pub const FLUSH: u32 = 17;
    pub const ANSWER: u32 = 18;
    pub const ALIAS: u32 = 19;
    pub const GROUP: u32 = 20;
    pub const SESSION: u32 = 21;
    pub const ADOPT: u32 = 22;
    pub const SUSPEND: u32 = 23;
    pub const VISITOR: u32 = 24;
    pub const SCORED: u32 = 25;
    pub const UNSCORE: u32 = 26;
    pub const TYPING: u32 = 27;
    pub const LEARNED: u32 = 28;
    pub const CODE: u32 = 29;
    pub const DESCRIBED: u32 = 30;
}

/// What is known.
pub mod question {
    pub const DECISION: u32 = 0;
    pub const TRACE: u32 = 1;
    pub const RUN: u32 = 2;
    pub const AUTOMATIC: u32 = 3;
    pub const STICKY: u32 = 4;
    pub const FEATURES: u32 = 5;
    pub const SCORE: u32 = 6;
    pub const REFERRAL: u32 = 7;
    pub const STATUS: u32 = 8;
    pub const PROBLEMS: u32 = 9;
    pub const LINK: u32 = 10;
    pub const CONSENT: u32 = 11;
    pub const EVENTS: u32 = 12;
    pub const PROBE: u32 = 13;
    pub const IDENTITY: u32 = 14;
    pub const WINDOW: u32 = 15;
    pub const REFUSALS: u32 = 16;
    pub const BODY: u32 = 17;
    pub const SHORT: u32 = 18;
    pub const CLEAN: u32 = 19;
    pub const CODE: u32 = 20;
    pub const REWARDS: u32 = 21;
    pub const TARGET: u32 = 22;
}

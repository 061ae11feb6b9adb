// The fields of the program's form: where each stands in the definition, what it is called, what holds without it.

/** Whether a condition asks for nothing that the two fields cannot say. */
function isPlain(when) {
  const isBound = ([name, bound]) => ["nps", "health"].includes(name) && Object(bound) === bound && Object.keys(bound).join() === "$gte";
  return when === undefined || (Object(when) === when && Object.entries(when).every(isBound));
}

const isGateElsewhere = ({ invite }) => !isPlain(Object(invite).when);

/**
 * Kinds: `text`, `number`, `money` (in the program's currency), `flag`, `choice` (options are `[value, words]`; "" is the usual one,
 * and `usual` how a definition spells it out), `words` (a list, parted by commas). `elsewhere` tells of a definition that says more than the
 * field can: then the field rests.
 */
export const GROUPS = [
  {
    id: "program", title: "Program", open: true,
    fields: [
      { path: "program", label: "Id", kind: "text", hint: "In links as utm_campaign, and in events" },
      { path: "conversion", label: "What a friend has to do", kind: "text", usual: "Signed Up", hint: "The name of an event" },
    ],
  },
  {
    id: "rewards", title: "Rewards", open: true, rules: true,
    fields: [
      { path: "rewards.currency", label: "Currency", kind: "text", usual: "none", hint: "Three capitals" },
      { path: "rewards.holding_days", label: "Held for days", kind: "number", usual: "0", hint: "Long enough for refunds" },
      { path: "rewards.budget", label: "Budget", kind: "money", usual: "no limit", hint: "All money ever given" },
      { path: "rewards.review", label: "Who approves", kind: "choice", usual: "automatic", options: [["", "Nobody has to"], ["manual", "A person, each one"]] },
    ],
  },
  {
    id: "codes", title: "Codes", odds: true,
    fields: [
      { path: "codes.kind", label: "Made by", kind: "choice", usual: "random", options: [["", "The page, at random"], ["derived", "The page, from the user’s id"], ["server", "Your server"]] },
      { path: "codes.alphabet", label: "Characters", kind: "choice", usual: "safe", options: [["", "31 that nobody mixes up"], ["crockford", "Crockford’s 32"], ["lower", "31 small ones"], ["numeric", "Digits"]] },
      { path: "codes.expected", label: "Codes expected", kind: "number", usual: "not said", hint: "The length follows from it" },
      { path: "codes.length", label: "Length", kind: "number", usual: "8", hint: "Check character included" },
      { path: "codes.prefix", label: "Prefix", kind: "text", usual: "none" },
      { path: "codes.check", label: "The last character notices typing mistakes", kind: "flag", usual: true },
      { path: "codes.vowels", label: "Vowels may be in codes, and what looks like them", kind: "flag", usual: true },
      { path: "codes.blocked", label: "Words that no code has", kind: "words", usual: "the usual list" },
      { path: "codes.vanity", label: "Codes that somebody wished for", kind: "words", usual: "none", hint: "Valid as they stand" },
    ],
  },
  {
    id: "attribution", title: "Who is credited",
    fields: [
      { path: "attribution.model", label: "Whose link counts", kind: "choice", usual: "first", options: [["", "The first friend’s"], ["last", "The last friend’s"], ["last-non-direct", "The last of all, campaigns too"]] },
      { path: "attribution.window_days", label: "For days", kind: "number", usual: "90" },
      { path: "attribution.bind_on", label: "Fixed for good by", kind: "words", usual: "Signed Up", hint: "Names of events; the conversion always does" },
    ],
  },
  {
    id: "invite", title: "Who is asked to invite", note: "Everybody, unless a limit is set. Asking happy customers only brings more friends for each time somebody is asked.",
    fields: [
      { path: "invite.when.nps.$gte", label: "Recommendation (NPS) at least", kind: "number", usual: "anybody", hint: "9 asks promoters only", elsewhere: isGateElsewhere },
      { path: "invite.when.health.$gte", label: "Health at least", kind: "number", usual: "anybody", elsewhere: isGateElsewhere },
    ],
  },
  {
    id: "links", title: "Links",
    fields: [
      { path: "parameter", label: "Parameter", kind: "text", usual: "ref", hint: "Carries the code" },
      { path: "aliases", label: "Also read", kind: "words", usual: "via, refcode, ucc, r" },
      { path: "path", label: "Short links begin with", kind: "text", usual: "no short links", hint: "Such as /r/" },
      { path: "hosts", label: "Other hosts they may lead to", kind: "words", usual: "none" },
      { path: "clean_address", label: "The code leaves the address bar once it is read", kind: "flag", usual: false },
    ],
  },
  {
    id: "fraud", title: "What is worth a look", note: "A score from 0 to 100. It flags and never blocks.",
    fields: [
      { path: "fraud.medium", label: "Medium from", kind: "number", usual: "30" },
      { path: "fraud.high", label: "High from", kind: "number", usual: "60" },
      { path: "fraud.fast_seconds", label: "Too fast within seconds", kind: "number", usual: "10" },
      { path: "fraud.per_hour", label: "Friends an hour, at most", kind: "number", usual: "5" },
      { path: "fraud.per_day", label: "Friends a day, at most", kind: "number", usual: "20" },
    ],
  },
];

// The words that no referral code may contain: pkg/blocked.js, from two kept lists. They are folded as src/referral/code/blocked.rs
// folds codes, and those that contain another one are left out.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { inRoot } from "../shared/paths.mjs";

// cuss has the fuller list of these languages, and says how sure it is; its surest words are taken. naughty-words has the others
// that are written in Latin letters, Hindi and Russian as they are spelled there, and more of English.
const CUSS = ["cuss", "cuss/es", "cuss/fr", "cuss/it", "cuss/pt", "cuss/pt-pt"];
const SUREST = 2;
const NAUGHTY = ["cs", "da", "de", "en", "fi", "fil", "fr-CA-u-sd-caqc", "hi", "hu", "nl", "no", "pl", "ru", "sv", "tr"];

// A longer word comes up in two of a million codes of eight characters at most, and the next two letters double the list.
const LENGTHS = /^[A-Z]{3,6}$/;

const LOOKS = { 0: "O", Q: "O", 1: "I", L: "I", 2: "Z", 3: "E", 4: "A", 5: "S", 6: "G", 9: "G", 7: "T", 8: "B", V: "U", W: "UU" };
const SPELLED = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l" };

const ABOUT = `/*! Folded from cuss (MIT, Titus Wormer) and naughty-words (LDNOOBW, CC BY 4.0, changed). */`;
const TYPES = `/**
 * Words that no referral code may contain, of 18 languages: folded as codes are compared, parted by spaces. For the words of
 * \`ReferralCodes\` and of a server's own codes.
 */
export const BLOCKED: string;
`;

/** Folded stems in their order, none of which contains another one. */
export async function blockedWords() {
  const words = [...new Set((await listed()).map(folded))].filter((word) => LENGTHS.test(word));
  const kept = [];
  for (const word of words.sort((one, other) => one.length - other.length)) {
    if (!kept.some((other) => word.includes(other))) kept.push(word);
  }
  return kept.sort();
}

export async function buildBlockedWords() {
  const words = await blockedWords();
  writeFileSync(inRoot("pkg", "blocked.js"), `${ABOUT}\nexport const BLOCKED="${words.join(" ").toLowerCase()}";\n`);
  writeFileSync(inRoot("pkg", "blocked.d.ts"), TYPES);
  return `${words.length} words`;
}

async function listed() {
  const sure = await Promise.all(CUSS.map(async (name) => Object.entries((await import(name)).cuss)));
  const lists = createRequire(import.meta.url)("naughty-words");
  return [...sure.flat().filter(([, sureness]) => sureness >= SUREST).map(([word]) => word), ...NAUGHTY.flatMap((name) => lists[name])];
}

// Accents and what stands between letters are dropped first: no code has them.
function folded(word) {
  const plain = word.normalize("NFD").replace(/\p{M}/gu, "").replace(/[ßæœøł]/g, (letter) => SPELLED[letter]).toUpperCase().replace(/[\s\-_'.,!]/g, "");
  return [...plain].map((letter) => LOOKS[letter] ?? letter).join("");
}

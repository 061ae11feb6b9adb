// Takes out of texts and addresses what reaches a person or pays. In doubt it hides: METHODS.md says what counts as what.
const EMAIL = /[^\s@<>()[\]"'`,;:/?&=#|\\]{1,64}(?:@|%40)(?!\d+(?:\.\d+)?x\.)(?:[\p{L}\d-]{1,63}\.)+\p{L}{2,24}/giu;
const CARD = /(?<![\w.-])(?:2[2-7]|[3-6]\d)\d\d[ -]?\d{4,6}[ -]?\d{4,5}(?:[ -]?\d{1,4}){0,2}(?!-?\w)/g;
const PHONES = [
  /(?<=\b(?:tel|sms|callto):)[^\s"'<>?]+/gi,
  // With a country's code, from 7 to 15 digits (E.164).
  /(?<![\w+])\+[1-9](?:[ ./()-]{0,2}\d){6,14}(?!\d)/g,
  // As dialled at home: 9 to 12 digits from 0, in groups; a date in figures is none.
  /(?<![\w./-])(?!\(?\d\d?([-./])\d\d?\1\d{2,4}(?![-./]?\d))(?=\(?\d{2,6}[ ./)-])\(?0[1-9](?:[ ./()-]{0,2}\d){7,10}(?!\w)/g,
  // North America: 3, 3 and 4 digits.
  /(?<![\w./-])(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])\d{3}[ .-]\d{4}(?!\w|[.-]\d)/g,
];
// Credentials and contact details; `code` is one when it stands beside `state`, as OAuth answers.
const SECRET = /e-?mail|phone|mobile|^tel$|passw|pwd|token|secret|sess(ion|_?id)|^sid$|auth(?!or)|jwt|otp$|signature|(^|[_-]|api)key$/;
const CLICK_ID = /^(gad|mtm|mc|bd|ef|rdt|li)_|clk?id$|braid$|click_?id$|kwcid$|^(awc|cjevent|btid|urid|dicbo|epik)$/;
// Those of e-mails name the one who got it.
const NAMES_A_PERSON = /^(_kx|mc_eid|mkt_tok)$/;

// Again until nothing is left: behind what was hidden another one may begin.
export function mask(text) {
  if (!/[@\d]/.test(text)) return text;
  const rest = text.replace(EMAIL, "[email]").replace(CARD, card);
  const masked = PHONES.reduce((less, phone) => less.replace(phone, "[phone]"), rest);
  return masked === text ? text : mask(masked);
}

/** `deny`: names of parameters, in small letters, that are never told. With `clicks` the ids of clicks are told as they are. */
export function maskUrl(url, deny = [], clicks = false, depth = 0) {
  const answer = /[?&#]state=/.test(url) ? ["code", "state"] : [];
  const told = (name, value) => {
    if (deny.includes(name) || NAMES_A_PERSON.test(name)) return "";
    if (CLICK_ID.test(name)) return clicks ? value : "";
    if (answer.includes(name) || (SECRET.test(name) && !name.startsWith("utm_"))) return "";
    // An address within the address has parameters of its own.
    return part(value, unform(value), (plain) => (plain.includes("=") && depth < 3 ? maskUrl(plain, deny, clicks, depth + 1) : mask(plain)));
  };
  return url
    .replace(/^([a-z][\w+.-]*:)?\/\/[^/?#@]*@/i, "$1//")
    .replace(/([^=/?&#;]+)(?:=([^&#;]*))?/g, (_, piece, value) => {
      const name = part(piece, piece, mask);
      return value === undefined ? name : `${name}=${told(decode(name).toLowerCase(), value)}`;
    });
}

// What is left alone keeps its bytes.
function part(text, coded, change) {
  const plain = decode(coded);
  const changed = change(plain);
  return changed === plain ? text : changed.replace(/[^\w[\]:.~!*'()@-]/gu, encodeURIComponent);
}

// Forms write a space as a plus; one in front belongs to a phone number.
const unform = (value) => value.replace(/(?!^)\+/g, " ");

export function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// The longest beginning, up to a gap, that is a card number.
function card(found) {
  for (let end = found.length; end > 12; end -= 1) {
    if (/\d/.test(found[end] ?? "")) continue;
    if (isCard(found.slice(0, end).replace(/\D/g, ""))) return `[card]${found.slice(end)}`;
  }
  return found;
}

// Luhn's check: every second digit from the right counts double, the digits of the double added up.
const isCard = (digits) => digits.length > 12 && digits.length < 20 &&
  [...digits].reverse().reduce((sum, digit, place) => sum + (place % 2 && digit < 9 ? (2 * digit) % 9 : Number(digit)), 0) % 10 === 0;

/** Cards alone. */
export const maskCards = (text) => text.replace(CARD, card);

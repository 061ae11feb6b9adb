// The table of signed links: tokens that Node's own crypto (OpenSSL) signed, good ones and all that is to be refused.
// tests/data/signed_links.json holds it for every side that checks; `node tests/scripts/support/signed_links.mjs` writes it anew.
// Ed25519 is deterministic: the same claims and key give the same token, always.
import { createHmac, createPrivateKey, sign } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const TABLE = new URL("../../data/signed_links.json", import.meta.url);
export const VECTORS = JSON.parse(readFileSync(new URL("../../data/ed25519.json", import.meta.url), "utf8"));

const PKCS8 = "302e020100300506032b657004220420"; // RFC 8410: what stands before the seed
/** The secret key of a seed in hexadecimal. */
export const secretKey = (seed) => createPrivateKey({ key: Buffer.from(PKCS8 + seed, "hex"), format: "der", type: "pkcs8" });
export const base64url = (bytes) => Buffer.from(bytes).toString("base64url");

const [OWN, FORMER, STRANGER] = VECTORS.rfc8032; // their keys
const jwk = (kid, { public: x }) => ({ kid, x: base64url(Buffer.from(x, "hex")) });

export const PROGRAM = "neighbours";
export const NOW = Date.UTC(2026, 0, 1);
export const KEYS = [jwk("2026", OWN), jwk("2025", FORMER)];

const SECOND = NOW / 1_000;
const DAY = 86_400;
export const HEADER = { alg: "EdDSA", typ: "JWT", kid: "2026" };
export const CLAIMS = { aud: PROGRAM, sub: "2222-2222", exp: SECOND + 30 * DAY, iat: SECOND, jti: "nonce-1" };
const GOOD = { code: CLAIMS.sub, nonce: CLAIMS.jti, expires: CLAIMS.exp * 1_000, issued: NOW, kid: "2026" };

/** The order of the group, little-endian: RFC 8032, section 5.1. */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** A token of any header and claims (texts stay as they are), signed with the key of `signer`. */
export function token(header = {}, claims = {}, { signer = OWN, signature } = {}) {
  const part = (usual, changed) => base64url(typeof changed === "string" || Buffer.isBuffer(changed) ? changed : JSON.stringify({ ...usual, ...changed }));
  const message = `${part(HEADER, header)}.${part(CLAIMS, claims)}`;
  return `${message}.${base64url(signature?.(message) ?? sign(null, Buffer.from(message), secretKey(signer.seed)))}`;
}

const [HEAD, PAYLOAD, SIGNATURE] = token().split(".");

// S + L in place of S: a second signature of the same text, where L is not asked for.
function malleated() {
  const bytes = Buffer.from(SIGNATURE, "base64url");
  const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString("hex")}`) + ORDER;
  Buffer.from(s.toString(16).padStart(64, "0"), "hex").reverse().copy(bytes, 32);
  return base64url(bytes);
}

const LAST = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
// The same bytes by another spelling: the last character of 64 bytes has four bits that mean nothing.
const respelt = SIGNATURE.slice(0, -1) + LAST[LAST.indexOf(SIGNATURE.at(-1)) + 1];

const LONG = ["malformed", "The token is longer than 2,048 characters."];
const NO_JWT = ["malformed", "The token is no compact JWT: three parts in base64url, with dots between them."];
const NO_HEADER = ["malformed", "The token's header is no JSON object with typ JWT and without crit."];
const ALGORITHM = ["algorithm", "The token is not signed with EdDSA, which alone is taken."];
const UNKNOWN = ["unknown-key", "None of the keys given is the one that the token names by kid."];
const WRONG = ["signature", "The signature does not belong to this token and key."];
const NO_CLAIMS = ["malformed", "The token's claims are no JSON object."];
const OTHER = ["program", "The token is for another program than this one: aud is its id."];
const NO_CODE = ["malformed", "The token has no code: sub is a text."];
const NO_NONCE = ["nonce", "The token has no nonce: jti is a text."];
const TIMES = ["malformed", "The token needs exp, and perhaps iat and nbf: numbers of seconds since 1970."];
const LIFE = ["malformed", "The token would hold for more than 400 days; exp counts seconds, not milliseconds."];
const EARLY = ["not-yet", "The token does not hold yet."];
const EXPIRED = ["expired", "The token has expired."];

// A public key as the secret of another algorithm: what a checker falls for that lets the header choose.
const hmac = (hash, secret) => ({ signature: (message) => createHmac(hash, secret).update(message).digest() });
const PUBLIC_BYTES = Buffer.from(OWN.public, "hex");

const at = (seconds) => ({ now: NOW + seconds * 1_000 });
const without = (name) => ({ [name]: undefined });

/** A name, the token, what comes of it, and what is different from the usual keys, program and time. */
const ROWS = [
  ["a token", token(), GOOD],
  ["the name that RFC 9864 gives the algorithm", token({ alg: "Ed25519" }), GOOD],
  ["a header without typ", token(without("typ")), GOOD],
  ["a header with members that mean nothing here", token({ cty: "x", jku: "https://evil.example/keys" }), GOOD],
  ["the key of last year", token({ kid: "2025" }, {}, { signer: FORMER }), { ...GOOD, kid: "2025" }],
  ["no kid, where there is one key only", token(without("kid")), GOOD, { keys: KEYS.slice(0, 1) }],
  ["a program among others", token({}, { aud: ["others", PROGRAM] }), GOOD],
  ["claims with more members", token({}, { iss: "https://example.com", reward: { amount: 20 } }), GOOD],
  ["claims with spaces", token({}, ` ${JSON.stringify(CLAIMS, null, 2)}\n`), GOOD],
  ["a claim that is there twice: the last one counts", token({}, JSON.stringify(CLAIMS).replace("{", '{"sub":"3333-3333",')), GOOD],
  ["a code and a nonce in other scripts", token({}, { sub: "Grüße-你好", jti: "🏴" }), { ...GOOD, code: "Grüße-你好", nonce: "🏴" }],
  ["no time of issue", token({}, without("iat")), { ...GOOD, issued: null }],
  ["times with a fraction", token({}, { exp: SECOND + 0.5005, iat: SECOND - 0.25 }), { ...GOOD, expires: NOW + 500, issued: NOW - 250 }],
  ["a minute after its end, less a millisecond", token({}, { exp: SECOND }), { ...GOOD, expires: NOW }, { now: NOW + 59_999 }],
  ["a minute before it was made", token({}, { iat: SECOND + 60 }), { ...GOOD, issued: NOW + 60_000 }],
  ["a minute before it holds", token({}, { nbf: SECOND + 60 }), GOOD],
  ["400 days and the minute", token({}, { exp: SECOND + 400 * DAY + 60 }), { ...GOOD, expires: NOW + 400 * DAY * 1_000 + 60_000 }],

  ["nothing", "", NO_JWT],
  ["no dot", "abc", NO_JWT],
  ["two parts", `${HEAD}.${PAYLOAD}`, NO_JWT],
  ["four parts", `${token()}.${SIGNATURE}`, NO_JWT],
  ["a part that is cut by one character", `${HEAD}.${PAYLOAD}.${SIGNATURE.slice(0, -1)}`, NO_JWT],
  ["base64 with padding", `${token()}==`, NO_JWT],
  ["base64 of another alphabet", token({}, { sub: "??>>" }).replace(/[-_]/, "+"), NO_JWT],
  ["a space before it", ` ${token()}`, NO_JWT],
  ["a line's end after it", `${token()}\n`, NO_JWT],
  ["a letter that is none of base64's", `${HEAD}.${PAYLOAD}.${SIGNATURE.slice(0, -1)}é`, NO_JWT],
  ["another spelling of the same signature", `${HEAD}.${PAYLOAD}.${respelt}`, NO_JWT],
  ["2,049 characters", "x".repeat(2_049), LONG],
  ["a good token that is too long", token({}, { sub: "2".repeat(1_500) }), LONG],

  ["an empty header", `.${PAYLOAD}.${SIGNATURE}`, NO_HEADER],
  ["a header that is no JSON", token("alg"), NO_HEADER],
  ["a header that is a list", token("[]"), NO_HEADER],
  ["a header that is null", token("null"), NO_HEADER],
  ["a header with a byte order mark", token(`\ufeff${JSON.stringify(HEADER)}`), NO_HEADER],
  ["a header that is no UTF-8", token(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), NO_HEADER],
  ["another typ", token({ typ: "at+jwt" }), NO_HEADER],
  ["a typ of null", token({ typ: null }), NO_HEADER],
  ["a header that demands more (crit)", token({ crit: ["b64"], b64: false }), NO_HEADER],
  ["an empty crit", token({ crit: [] }), NO_HEADER],

  ["no algorithm", token(without("alg")), ALGORITHM],
  ["alg none, without a signature", `${token({ alg: "none" }).split(".").slice(0, 2).join(".")}.`, ALGORITHM],
  ["alg None, with a signature", token({ alg: "None" }), ALGORITHM],
  ["HS256 with the public key's bytes as the secret", token({ alg: "HS256" }, {}, hmac("sha256", PUBLIC_BYTES)), ALGORITHM],
  ["HS256 with the public key's text as the secret", token({ alg: "HS256" }, {}, hmac("sha256", KEYS[0].x)), ALGORITHM],
  ["HS512 with the public key as the secret", token({ alg: "HS512" }, {}, hmac("sha512", PUBLIC_BYTES)), ALGORITHM],
  ["ES256", token({ alg: "ES256" }), ALGORITHM],
  ["RS256", token({ alg: "RS256" }), ALGORITHM],
  ["Ed448", token({ alg: "Ed448" }), ALGORITHM],
  ["eddsa in small letters", token({ alg: "eddsa" }), ALGORITHM],
  ["a list of algorithms", token({ alg: ["EdDSA"] }), ALGORITHM],
  ["EdDSA, signed by HS256 with the public key", token({}, {}, hmac("sha256", PUBLIC_BYTES)), WRONG],

  ["a kid that nobody knows", token({ kid: "2024" }), UNKNOWN],
  ["a kid that is a number", token({ kid: 2026 }), UNKNOWN],
  ["a kid of null", token({ kid: null }), UNKNOWN, { keys: KEYS.slice(0, 1) }],
  ["no kid, where there are two keys", token(without("kid")), UNKNOWN],
  ["a key of the token's own (jwk)", token({ kid: "own", jwk: { kty: "OKP", crv: "Ed25519", ...jwk("own", STRANGER) } }, {}, { signer: STRANGER }), UNKNOWN],
  ["no keys", token(), UNKNOWN, { keys: [] }],
  ["no keys and no kid", token(without("kid")), UNKNOWN, { keys: [] }],

  ["a stranger's key", token({}, {}, { signer: STRANGER }), WRONG],
  ["last year's key by this year's name", token({}, {}, { signer: FORMER }), WRONG],
  ["another token's signature", `${token({}, { sub: "3333-3333" }).split(".").slice(0, 2).join(".")}.${SIGNATURE}`, WRONG],
  ["an empty signature", `${HEAD}.${PAYLOAD}.`, WRONG],
  ["a signature of 63 bytes", `${HEAD}.${PAYLOAD}.${base64url(Buffer.from(SIGNATURE, "base64url").subarray(0, 63))}`, WRONG],
  ["a signature of 65 bytes", `${HEAD}.${PAYLOAD}.${base64url(Buffer.concat([Buffer.from(SIGNATURE, "base64url"), Buffer.alloc(1)]))}`, WRONG],
  ["a signature of zeros", `${HEAD}.${PAYLOAD}.${"A".repeat(86)}`, WRONG],
  ["a neutral R and an S of 0", `${HEAD}.${PAYLOAD}.AQ${"A".repeat(84)}`, WRONG],
  ["a second signature made out of the first (S + L)", `${HEAD}.${PAYLOAD}.${malleated()}`, WRONG],
  ["claims without a signature of theirs, and expired: that is not told", `${token({}, { exp: 1 }).split(".").slice(0, 2).join(".")}.${SIGNATURE}`, WRONG],

  ["claims that are no JSON", token({}, "sub"), NO_CLAIMS],
  ["claims that are a text", token({}, '"sub"'), NO_CLAIMS],
  ["empty claims", token({}, ""), NO_CLAIMS],
  ["another program", token({}, { aud: "others" }), OTHER],
  ["another program's list", token({}, { aud: ["others", "neighbours-2"] }), OTHER],
  ["no program", token({}, without("aud")), OTHER],
  ["an empty list of programs", token({}, { aud: [] }), OTHER],
  ["a program in a list in a list", token({}, { aud: [[PROGRAM]] }), OTHER],
  ["a program without an id", token({}, { aud: "" }), OTHER, { program: "" }],
  ["no code", token({}, without("sub")), NO_CODE],
  ["an empty code", token({}, { sub: "" }), NO_CODE],
  ["a code that is a number", token({}, { sub: 22222222 }), NO_CODE],
  ["no nonce", token({}, without("jti")), NO_NONCE],
  ["an empty nonce", token({}, { jti: "" }), NO_NONCE],
  ["a nonce that is a number", token({}, { jti: 1 }), NO_NONCE],
  ["no end", token({}, without("exp")), TIMES],
  ["an end that is a text", token({}, { exp: String(CLAIMS.exp) }), TIMES],
  ["an end of null", token({}, { exp: null }), TIMES],
  ["a time of issue that is a text", token({}, { iat: "2026-01-01" }), TIMES],
  ["a time of issue of null", token({}, { iat: null }), TIMES],
  ["a beginning of null", token({}, { nbf: null }), TIMES],
  ["a beginning that is a flag", token({}, { nbf: false }), TIMES],
  ["an end in milliseconds", token({}, { exp: CLAIMS.exp * 1_000 }), LIFE],
  ["400 days, a minute and a second", token({}, { exp: SECOND + 400 * DAY + 61 }), LIFE],
  ["an end far beyond all numbers of milliseconds", token({}, { exp: 1e300 }), LIFE],
  ["a beginning in 61 seconds", token({}, { nbf: SECOND + 61 }), EARLY],
  ["made in 61 seconds", token({}, { iat: SECOND + 61 }), EARLY],
  ["a clock that is a day slow", token(), EARLY, at(-DAY)],
  ["a minute after its end", token({}, { exp: SECOND }), EXPIRED, { now: NOW + 60_000 }],
  ["a year after its end", token(), EXPIRED, at(395 * DAY)],
  ["an end before 1970", token({}, { exp: -1e300 }), EXPIRED],
];

/** The whole table, as it stands in the file. */
export const table = () => ({
  $comment: "Written by tests/scripts/support/signed_links.mjs. Where keys, program or now are missing, those at the top hold.",
  keys: KEYS,
  program: PROGRAM,
  now: NOW,
  seed: OWN.seed,
  cases: ROWS.map(([name, made, expected, change = {}]) => ({
    name,
    token: made,
    ...change,
    ...(Array.isArray(expected) ? { refused: expected[0], message: expected[1] } : { says: expected }),
  })),
});

export const written = (made) => `${JSON.stringify(made, null, 1)}\n`;

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TABLE, written(table()));

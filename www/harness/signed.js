// Signed links: whether the program's server made a token, so that the code in it is to be believed. A compact JWT (RFC 7519),
// signed with EdDSA over Ed25519 (RFC 8037), checked by the browser's own WebCrypto. Loaded by pages whose program has public keys.
// Servers check by the same rules, in the same words: src/referral/signed, tests/data/signed_links.json.

const LONGEST = 2_048; // characters of a token
const SKEW = 60_000; // how far two clocks may be apart
const LONGEST_LIFE = 400 * 86_400_000; // from now on; it also catches an `exp` in milliseconds
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
// The order of the group. A signature's second half is below it (RFC 8032, section 5.1.7): else everybody could make another signature out
// of one. WebKitGTK 2.50 does not look (tests/page/signed.test.mjs).
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
// The curve: its field and its constant (section 5.1).
const FIELD = 2n ** 255n - 19n;
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
// How the keys begin that are points of small order: 0, 1 and -1, the first two also with the modulus added, and those of order 8. For them
// everybody can make signatures, which Chromium 156 and Firefox 153 take. 32 zeros, put for a key to come, are such a key.
const WEAK = /^(AAAAAAAA|AQAAAAAA|7[Pfv]______|xxdqcD1N|JuiVj8Ky)/;

const NO_JWT = ["malformed", "The token is no compact JWT: three parts in base64url, with dots between them."];
const HEADER = ["malformed", "The token's header is no JSON object with typ JWT and without crit."];
const TIMES = ["malformed", "The token needs exp, and perhaps iat and nbf: numbers of seconds since 1970."];

/**
 * What a token says, if one of `keys` signed it for `program` and it holds at `now`; else why it is refused. Never throws.
 *
 * What it says is looked at after its signature alone, so a refusal tells nothing of what somebody made up.
 */
export async function verify(token, { keys = [], program = "", now = Date.now(), seen = [] } = {}) {
  try {
    const { kid, claims } = await signed(token, keys);
    const said = judge(claims, program, now);
    return { ...said, kid, replayed: seen.includes(said.nonce) };
  } catch (refusal) {
    const [refused, message] = Array.isArray(refusal) ? refusal : NO_JWT;
    return { refused, message };
  }
}

// Whether a signature belongs to a message, for the public key `x` in base64url; a refusal where the browser cannot tell. The standard's
// own vectors are tried with it.
export async function fits(x, message, signature) {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) throw ["unsupported", "The token was not checked: browsers check signatures on https pages only."];
  let key;
  try {
    key = await subtle.importKey("raw", bytes(x), "Ed25519", false, ["verify"]);
  } catch (error) {
    if (error.name === "NotSupportedError") throw ["unsupported", "The token was not checked: this browser does not know Ed25519."];
    return false; // no point of the curve: nothing is signed with it
  }
  return signature.length === SIGNATURE_BYTES && number(signature.subarray(32)) < ORDER && subtle.verify("Ed25519", key, signature, message);
}

// Of bytes whose first one counts least.
const number = (bytes) => bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);

// The claims, once the signature has been found good.
async function signed(token, keys) {
  const text = String(token ?? "");
  if (text.length > LONGEST) throw ["malformed", "The token is longer than 2,048 characters."];
  const parts = text.split(".").map(bytes);
  if (parts.length !== 3 || parts.includes(null)) throw NO_JWT;
  const [header, payload, signature] = parts;
  const { kid, x } = keyOf(object(header, HEADER), keys);
  const message = new TextEncoder().encode(text.slice(0, text.lastIndexOf(".")));
  if (!(await fits(x, message, signature))) throw ["signature", "The signature does not belong to this token and key."];
  return { kid, claims: object(payload, ["malformed", "The token's claims are no JSON object."]) };
}

// Which key a header asks for. That the algorithm is ours is settled before any key is looked at: a header that could choose one would
// turn the public key into the secret of another (RFC 8725, section 2.1). Ed25519 is what RFC 9864 calls it.
function keyOf(header, keys) {
  if (!["EdDSA", "Ed25519"].includes(header.alg)) throw ["algorithm", "The token is not signed with EdDSA, which alone is taken."];
  if (Object.hasOwn(header, "crit") || ![undefined, "JWT"].includes(header.typ)) throw HEADER;
  const nameless = !Object.hasOwn(header, "kid") && keys.length === 1;
  const key = nameless ? keys[0] : keys.find((each) => filled(header.kid) && each?.kid === header.kid);
  if (!key) throw ["unknown-key", "None of the keys given is the one that the token names by kid."];
  const fault = faultOf(key);
  if (fault) throw ["unknown-key", fault];
  return key;
}

// A secret that reached the page is not used, so that nobody finds that it works.
function faultOf({ d, k, kty = "OKP", crv = "Ed25519", x }) {
  if (d || k || kty === "oct") return "A secret in a page is no secret: sign on a server, and give the page the public half, x.";
  if (kty !== "OKP" || crv !== "Ed25519") return "Only keys of Ed25519 are known here: kty OKP, crv Ed25519.";
  if (bytes(x)?.length !== KEY_BYTES || !isOnCurve(bytes(x))) return "An Ed25519 public key is 32 bytes in base64url, a point of its curve.";
  return WEAK.test(x) ? "With this key anybody could sign: it is a point of small order." : "";
}

// Half of all keys with a wrong letter are no points. WebKitGTK 2.50 does not look, and loses the page over one. Whether x² = (y² - 1) / (dy² + 1)
// has a root, Euler's criterion tells (section 5.1.3); the last bit is the sign of x.
function isOnCurve(key) {
  const square = BigInt.asUintN(255, number(key)) ** 2n;
  let [power, base] = [1n, ((square - 1n) * (D * square + 1n)) % FIELD];
  for (let rest = (FIELD - 1n) / 2n; rest; rest >>= 1n) {
    if (rest & 1n) power = (power * base) % FIELD;
    base = (base * base) % FIELD;
  }
  return power !== FIELD - 1n;
}

function judge({ aud, sub, jti, exp, iat, nbf }, program, now) {
  if (!program || ![aud].flat().includes(program)) throw ["program", "The token is for another program than this one: aud is its id."];
  if (!filled(sub)) throw ["malformed", "The token has no code: sub is a text."];
  if (!filled(jti)) throw ["nonce", "The token has no nonce: jti is a text."];
  if (![exp, iat ?? missing(iat), nbf ?? missing(nbf)].every(Number.isFinite)) throw TIMES;
  const [expires, issued, notBefore] = [exp, iat, nbf].map((seconds) => Math.trunc(seconds * 1_000));
  if (expires - now > LONGEST_LIFE + SKEW) throw ["malformed", "The token would hold for more than 400 days; exp counts seconds, not milliseconds."];
  if (issued - now > SKEW || notBefore - now > SKEW) throw ["not-yet", "The token does not hold yet."];
  if (now - expires >= SKEW) throw ["expired", "The token has expired."];
  return { code: sub, nonce: jti, expires, issued: iat === undefined ? null : issued };
}

const filled = (text) => typeof text === "string" && text !== "";

// Absent is fine, null is not.
const missing = (value) => (value === undefined ? 0 : NaN);

function object(json, refusal) {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(json));
    if (value && typeof value === "object" && !Array.isArray(value)) return value;
  } catch {
    // No UTF-8, or no JSON.
  }
  throw refusal;
}

// The bytes of a text in base64url; null when it is none. Strictly, which atob is not: no padding, no spaces, and no bits left over at
// the end that are not 0, so that bytes have one spelling.
function bytes(text) {
  if (typeof text !== "string" || !/^[\w-]*$/.test(text) || text.length % 4 === 1) return null;
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  const binary = atob(base64);
  return btoa(binary).replace(/=+$/, "") === base64 ? Uint8Array.from(binary, (character) => character.charCodeAt(0)) : null;
}

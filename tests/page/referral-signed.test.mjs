// A program whose links are signed: only what its server signed counts. The tokens are made by Node's own crypto.
import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import { decoded, svgAddress } from "./support/decoded.mjs";
import { call } from "./support/privateer.mjs";
import { startSite } from "./support/site.mjs";
import { until } from "./support/until.mjs";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const KEY = { kid: "2026", x: publicKey.export({ format: "jwk" }).x };
const CODE = "22222222";
const CLAIMS = { aud: "neighbours", sub: CODE, jti: "n-1", exp: Math.floor(Date.now() / 1_000) + 3_600 };

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

function token(claims = CLAIMS, header = { alg: "EdDSA", typ: "JWT", kid: "2026" }) {
  const message = `${part(header)}.${part(claims)}`;
  return `${message}.${sign(null, Buffer.from(message), privateKey).toString("base64url")}`;
}

const signed = (required) => ({ site: (definition) => { definition.referral.signed = { keys: [KEY], required }; } });
const incoming = async (page) => (await call(page, "referral")).incoming;
const refusals = async (page) => (await call(page, "problems")).map(({ code }) => code);

test("a link that the program's server signed counts, and says which one it was", async (t) => {
  const site = await startSite(t, signed(true));
  const page = await site.open(`/?ref_token=${token()}`);
  assert.equal(await incoming(page), CODE);
  const captured = await site.event(({ event }) => event === "Referral Captured", "the captured code");
  assert.deepEqual(captured.properties, { code: CODE, program: "neighbours", nonce: "n-1" });
  await call(page, "newSession");
  await page.goto(`${site.url}/?ref_token=${token()}`);
  await until(async () => (await site.events()).some(({ properties }) => properties?.replayed), "the same link a second time is told");
});

test("where links have to be signed, no other counts, and the page says why", async (t) => {
  const site = await startSite(t, signed(true));
  assert.equal(await incoming(await site.open(`/?ref=${CODE}`)), null);
  for (const [why, wrong] of Object.entries({
    expired: token({ ...CLAIMS, exp: 1_700_000_000 }),
    program: token({ ...CLAIMS, aud: "strangers" }),
    signature: `${token().slice(0, -8)}AAAAAAAA`,
    algorithm: token(CLAIMS, { alg: "none", typ: "JWT", kid: "2026" }),
    "unknown-key": token(CLAIMS, { alg: "EdDSA", typ: "JWT", kid: "2027" }),
    malformed: "abc",
  })) {
    const page = await site.open(`/?ref_token=${wrong}`);
    assert.equal(await incoming(page), null, why);
    assert.deepEqual(await refusals(page), [`link-${why}`]);
  }
});

test("where links have to be signed, neither a cookie nor a typed code gets around it", async (t) => {
  const site = await startSite(t, { site: (definition) => {
    Object.assign(definition.referral, { signed: { keys: [KEY], required: true }, cookie: "friend_of", path: "/r/" });
  } });
  const page = await site.open("/nowhere");
  await page.evaluate((value) => (document.cookie = `friend_of=${value}; path=/`), CODE);
  await page.goto(`${site.url}/`);
  assert.equal(await incoming(page), null);
  assert.match(await page.evaluate(() => document.cookie), new RegExp(CODE), "the server's cookie is left to the server");
  assert.equal(await call(page, "enterCode", CODE), null);
  await page.evaluate(async (path) => {
    history.pushState(null, "", path);
    await (await window.privateer).page();
  }, `/r/${CODE}`);
  assert.equal(await incoming(page), null);
});

test("where they may be signed, others count too, and a signed one goes before the code beside it", async (t) => {
  const site = await startSite(t, signed(false));
  const other = (await call(await site.open(), "referral")).code;
  assert.equal(await incoming(await site.open(`/?ref=${other}`)), other);
  assert.equal(await incoming(await site.open(`/?ref=${other}&ref_token=${token()}`)), CODE);
  assert.equal(await incoming(await site.open(`/?ref=${other}&ref_token=abc`)), other, "a broken one changes nothing");
});

test("a signed code that is none of the program's is nobody's, and leaves no trace", async (t) => {
  const site = await startSite(t, signed(false));
  const page = await site.open(`/?utm_source=letter&ref_token=${token({ ...CLAIMS, sub: "2222222!" })}`);
  assert.equal(await incoming(page), null);
  await page.reload();
  assert.deepEqual((await call(page, "referral")).touches.map(({ code, nonce }) => [code, nonce]), [[null, null]]);
  assert.equal(await incoming(page), null);
});

test("a signed link is read within a page, too", async (t) => {
  const site = await startSite(t, signed(true));
  const page = await site.open();
  await page.evaluate(async (path) => {
    history.pushState(null, "", path);
    await (await window.privateer).page();
  }, `/plans?ref_token=${token()}`);
  assert.equal(await incoming(page), CODE);
});

test("an advocate whose token the server tells passes signed links on, and friends count", async (t) => {
  const site = await startSite(t, { site: (definition) => Object.assign(definition.referral, { signed: { keys: [KEY], required: true }, path: "/r/" }) });
  const page = await site.open("/?a=b");
  assert.equal((await call(page, "referral")).invites, false, "an unsigned link counts for nobody");
  await call(page, "identify", "example-1", { referral_code: CODE, referral_token: token() });
  const { code, link, invites } = await call(page, "referral");
  assert.deepEqual([code, invites], [CODE, true]);
  const short = await call(page, "shortLink");
  for (const [address, path] of [[link, "/"], [short, `/r/${CODE}`]]) {
    const { pathname, searchParams } = new URL(address);
    assert.equal(pathname, path);
    assert.ok(searchParams.get("ref_token")?.split(".").length === 3, address);
  }
  const friend = await site.open(`/${new URL(await call(page, "link", link, { channel: "whatsapp" })).search}`);
  assert.equal(await incoming(friend), CODE);
  const captured = await site.event(({ event }) => event === "Referral Captured", "the captured code");
  assert.deepEqual([captured.properties.nonce, captured.context.campaign.source], ["n-1", "whatsapp"]);
  const shared = await call(page, "shareLinks", { text: "For you: {link}" });
  assert.match(new URL(shared.telegram).searchParams.get("url"), /ref_token=\w+\.\w/);
  assert.equal((await decoded(page, svgAddress(await call(page, "qr", short))))?.data, short);
  const other = await site.open();
  await other.evaluate(async (path) => {
    history.pushState(null, "", path);
    await (await window.privateer).page();
  }, new URL(short).pathname + new URL(short).search);
  assert.equal(await incoming(other), CODE, "by the short link, too");
  const passed = (await call(friend, "referral")).link;
  assert.equal(new URL(passed).searchParams.has("ref_token"), false, "a friend passes no token of somebody else on");
});

test("a secret in the definition is refused with the reason", async (t) => {
  const secret = { ...KEY, d: privateKey.export({ format: "jwk" }).d };
  const site = await startSite(t, { site: (definition) => { definition.referral.signed = { keys: [secret] }; } });
  const [problem] = await call(await site.open(), "problems");
  assert.equal(problem.code, "secret-key");
  assert.match(problem.message, /secret/);
});

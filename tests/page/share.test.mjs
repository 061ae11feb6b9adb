// Passing an invitation on in a browser: the device's sheet, windows, programs of the device, the clipboard, and what becomes of a no.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startSite } from "./support/site.mjs";
import { until } from "./support/until.mjs";

const LINK = "https://example.com/?ref=2222-2222&x=ü";
const WHAT = { url: LINK, title: "A quiet hour", text: "Come, {name}: {link}", values: { name: "Ada" } };

/**
 * What share says in a page where the browser's own means are stand-ins, and what these were asked.
 * @param means of the sheet: absent, "taken", or the name of the error; whether it can; of windows and of the clipboard: whether they are let
 */
async function shared(t, channel, what, means = {}) {
  const page = await (await startSite(t)).open();
  return page.evaluate(async (name, given, { sheet, can, windows = true, clipboard = "taken", command = true }) => {
    const { share } = await import("/pkg/share.js");
    const asked = [];
    const stand = (owner, property, value) => Object.defineProperty(owner, property, { value, configurable: true, writable: true });
    const answer = (outcome) => (outcome === "taken" ? Promise.resolve() : Promise.reject(new DOMException("No.", outcome)));
    stand(navigator, "share", sheet && ((data) => (asked.push(["sheet", data]), answer(sheet))));
    stand(navigator, "canShare", can === undefined ? undefined : () => can);
    stand(navigator, "clipboard", clipboard && { writeText: (text) => (asked.push(["clipboard", text]), answer(clipboard)) });
    stand(document, "execCommand", (order) => {
      const { activeElement: field } = document;
      asked.push([order, field.value.slice(field.selectionStart, field.selectionEnd), field.parentElement.localName]);
      return command;
    });
    const tab = { opener: window, location: { replace: (target) => asked.push(["window", target, tab.opener]) } };
    stand(window, "open", (...how) => (asked.push(["open", ...how]), windows ? tab : null));
    const before = document.activeElement;
    const result = await share(name, given);
    return { result, asked, tidy: document.querySelectorAll("textarea[readonly]").length === 0 && document.activeElement === before };
  }, channel, what, means);
}

const SHEET = { title: "A quiet hour", text: "Come, Ada:", url: LINK };

test("the device's sheet gets the title, the message and the link", async (t) => {
  for (const can of [undefined, true]) {
    const { result, asked } = await shared(t, "share", WHAT, { sheet: "taken", can });
    assert.deepEqual(result, { shared: true, how: "web-share", url: LINK });
    assert.deepEqual(asked, [["sheet", SHEET]]);
  }
});

test("for apps that take one of both, the link is in the text instead", async (t) => {
  const { asked } = await shared(t, "share", { ...WHAT, linkInText: true }, { sheet: "taken" });
  assert.deepEqual(asked, [["sheet", { title: "A quiet hour", text: `Come, Ada: ${LINK}` }]]);
});

test("closing the sheet is no failure, and shares nothing", async (t) => {
  const { result, asked } = await shared(t, "share", WHAT, { sheet: "AbortError" });
  assert.deepEqual(result, { shared: false, how: "cancelled", url: LINK });
  assert.equal(asked.length, 1);
});

test("a sheet that the browser does not let open is told", async (t) => {
  const refused = await shared(t, "share", WHAT, { sheet: "NotAllowedError" });
  assert.deepEqual({ ...refused.result, reason: undefined }, { shared: false, how: "failed", url: LINK, reason: undefined });
  assert.match(refused.result.reason, /handler of a click/);
  const open = await shared(t, "share", WHAT, { sheet: "InvalidStateError" });
  assert.equal(open.result.reason, "InvalidStateError: No.");
});

test("without a sheet, or where it cannot take the link, the link is copied", async (t) => {
  for (const means of [{}, { sheet: "taken", can: false }]) {
    const { result, asked } = await shared(t, "share", WHAT, means);
    assert.deepEqual(result, { shared: true, how: "copied", url: LINK });
    assert.deepEqual(asked, [["clipboard", LINK]]);
  }
});

test("a place opens in a window that knows nothing of this page", async (t) => {
  const { result, asked } = await shared(t, "x", WHAT);
  const target = `https://x.com/intent/post?url=${encodeURIComponent(LINK)}&text=Come%2C%20Ada%3A`;
  assert.deepEqual(result, { shared: true, how: "opened", target, url: LINK });
  assert.deepEqual(asked, [["open", "", "_blank"], ["window", target, null]]);
});

// WebKit lets no window open once something was waited for, not even a script: so share.js has to be there before the click, and nothing in it
// may wait before it opens one. The place that opens here is one of ours.
test("in the handler of a real click, a real window opens and cannot reach back", async (t) => {
  const told = { type: "text/javascript", body: "localStorage.told = String(window.opener);" };
  const site = await startSite(t, { instead: { "/place.html": { type: "text/html", body: "<!doctype html><script src=/told.js></script>" }, "/told.js": told } });
  const page = await site.open();
  await page.evaluate(async (what) => {
    const { share } = await import("/pkg/share.js");
    const open = window.open.bind(window);
    window.open = (...how) => {
      const tab = open(...how);
      if (!tab) return null;
      return { set opener(value) { tab.opener = value; }, location: { replace: () => tab.location.replace("/place.html") } };
    };
    const button = Object.assign(document.createElement("button"), { id: "pass-on", onclick: () => share("line", what).then((result) => { window.passed = result; }) });
    button.style.cssText = "position:fixed;inset:0 auto auto 0;width:9rem;height:9rem;z-index:9999";
    document.body.append(button);
  }, WHAT);
  await page.click("#pass-on");
  const result = await until(() => page.evaluate(() => window.passed ?? null), "it was shared");
  assert.equal(result.how, "opened", result.reason);
  assert.equal(await until(() => page.evaluate(() => localStorage.told), "the window has told"), "null");
});

test("a window that is not let open is told, with the address to offer as a link", async (t) => {
  const { result } = await shared(t, "whatsapp", WHAT, { windows: false });
  assert.deepEqual([result.shared, result.how], [false, "failed"]);
  assert.equal(result.target, `https://wa.me/?text=${encodeURIComponent(`Come, Ada: ${LINK}`)}`);
  assert.match(result.reason, /did not let a window open/);
});

test("the clipboard gets the link alone", async (t) => {
  const { result, asked } = await shared(t, "copy", WHAT);
  assert.deepEqual(result, { shared: true, how: "copied", url: LINK });
  assert.deepEqual(asked, [["clipboard", LINK]]);
});

test("where the clipboard is refused or absent, the link is copied from a field, and nothing is left of that", async (t) => {
  for (const clipboard of ["NotAllowedError", null]) {
    const { result, asked, tidy } = await shared(t, "copy", WHAT, { clipboard });
    assert.deepEqual(result, { shared: true, how: "copied", url: LINK });
    assert.deepEqual(asked.at(-1), ["copy", LINK, "body"]);
    assert.ok(tidy);
  }
});

test("where nothing can be copied, that is told", async (t) => {
  const { result, tidy } = await shared(t, "copy", WHAT, { clipboard: "NotAllowedError", command: false });
  assert.deepEqual([result.shared, result.how, result.url], [false, "failed", LINK]);
  assert.match(result.reason, /show it in a field/);
  assert.ok(tidy);
});

test("within a modal dialog the field is where it can be selected", async (t) => {
  const page = await (await startSite(t)).open();
  const [place, copied] = await page.evaluate(async (url) => {
    const { share } = await import("/pkg/share.js");
    document.body.insertAdjacentHTML("beforeend", "<dialog id=box><button>Copy</button></dialog>");
    const box = document.querySelector("#box");
    box.showModal();
    box.querySelector("button").focus();
    let seen = [];
    Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
    document.execCommand = () => {
      seen = [document.activeElement.parentElement.id, document.activeElement.value];
      return true;
    };
    await share("copy", { url });
    return seen;
  }, LINK);
  assert.deepEqual([place, copied], ["box", LINK]);
});

test("WeChat gets a link for the QR code", async (t) => {
  const { result, asked } = await shared(t, "wechat", WHAT);
  assert.deepEqual(result, { shared: true, how: "qr", qr: LINK, url: LINK });
  assert.deepEqual(asked, []);
});

test("a channel that does not exist is told, with those that do", async (t) => {
  const { result } = await shared(t, "orkut", WHAT);
  assert.deepEqual([result.shared, result.how], [false, "failed"]);
  assert.match(result.reason, /no channel orkut: share, whatsapp/);
});

test("what a message lacks is named", async (t) => {
  const { result } = await shared(t, "copy", { ...WHAT, text: "{name} gives {reward}", values: {} });
  assert.deepEqual(result.left, ["name", "reward"]);
});

// A mail program does not answer to a test's browser: what is to be seen is that the page stays, and no window opens.
test("a mail opens no window and leaves no page", async (t) => {
  const { result, asked } = await shared(t, "email", WHAT);
  assert.deepEqual([result.shared, result.how, result.target.slice(0, 16)], [true, "opened", "mailto:?subject="]);
  assert.deepEqual(asked, []);
});

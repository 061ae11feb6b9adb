// Passing an invitation on: the addresses of the places where people share, each with its own encoding; the device's own share sheet; the
// clipboard. Loaded by pages that share. No place is asked anything before the visitor goes there, and none brings a script along.

// Where a place takes the link by itself (`url`), it is in no text. What a place has no parameter for, it does not take: Facebook and
// LinkedIn read a link's title and picture from the page that it leads to.
const PLACES = {
  whatsapp: { at: "https://wa.me/", text: "text" },
  x: { at: "https://x.com/intent/post", text: "text", url: "url", hashtags: "hashtags" },
  facebook: { at: "https://www.facebook.com/sharer/sharer.php", url: "u" },
  linkedin: { at: "https://www.linkedin.com/sharing/share-offsite/", url: "url" },
  telegram: { at: "https://t.me/share/url", url: "url", text: "text" },
  line: { at: "https://social-plugins.line.me/lineit/share", url: "url", text: "text" },
  reddit: { at: "https://www.reddit.com/submit", url: "url", title: "title" },
  weibo: { at: "https://service.weibo.com/share/share.php", url: "url", text: "title" },
  email: { at: "mailto:", title: "subject", text: "body", breaks: true }, // RFC 6068
  sms: { at: "sms:?", text: "body" }, // "?&body=" is what iOS and Android both take
};

// What is no address: the device's sheet, the clipboard, and WeChat, which opens links by its camera only.
const SHEET = "share";
const COPY = "copy";
const WECHAT = "wechat";

/** All channels, in the order in which shares of them are offered. */
export const CHANNELS = [SHEET, ...Object.keys(PLACES), COPY, WECHAT];

/**
 * The address that opens a channel with the invitation filled in; null where a channel has none.
 * @param what { url, text, title, hashtags, values }, see index.d.ts
 */
export function shareLink(channel, what) {
  const place = Object.hasOwn(PLACES, channel) ? PLACES[channel] : null;
  if (!place) return null;
  const { url, title } = what;
  const { text } = message(channel, what, !place.url);
  const given = {
    url,
    text: place.breaks ? text.replace(/\r\n|\r|\n/g, "\r\n") : text,
    title: oneLine(expand(title, what.values).text) || (place.text ? "" : oneLine(text)),
    hashtags: [what.hashtags ?? []].flat().map((tag) => String(tag).replace(/[#,\s]/g, "")).filter(Boolean).join(","),
  };
  const pairs = ["title", "url", "text", "hashtags"].filter((part) => place[part] && given[part]);
  const query = pairs.map((part) => `${place[part]}=${encoded(given[part])}`).join("&");
  return place.at + (query && (place.at.endsWith("?") ? "&" : "?")) + query;
}

/** The addresses of all channels that have one, for plain links. `linkFor(channel)` gives each its own link, in place of `url`. */
export function shareTargets(what, linkFor = () => what.url) {
  return Object.fromEntries(Object.keys(PLACES).map((channel) => [channel, shareLink(channel, { ...what, url: linkFor(channel) })]));
}

/**
 * Shares, and says how. To be called in the handler of a click, before anything is waited for (this script's arrival included): browsers open
 * sheets and windows, and give the clipboard, to nobody else. Never rejects.
 * @returns {Promise<{shared: boolean, how: string, url: string, target?: string, qr?: string, reason?: string, left?: string[]}>}
 */
export async function share(channel, what, linkFor = () => what.url) {
  const url = linkFor(channel);
  const result = { ...(await by(channel, { ...what, url })), url };
  const { left } = message(channel, { ...what, url }, false);
  return { shared: !["cancelled", "failed"].includes(result.how), ...result, ...(left.length && { left }) };
}

/** What the event "Invite Shared" says: the channel, also under the names of Google Analytics' event `share`, and how. */
export const shareProperties = (channel, { how }, code) => ({ channel, method: channel, content_type: "invite", ...(code && { item_id: code }), how });

function by(channel, what) {
  if (channel === SHEET) return sheet(what);
  if (channel === COPY) return copy(what.url);
  if (channel === WECHAT) return { how: "qr", qr: what.url };
  const target = shareLink(channel, what);
  return target ? open(target) : { how: "failed", reason: `There is no channel ${channel}: ${CHANNELS.join(", ")}.` };
}

// Some apps take the text and drop the link, others do the reverse: `linkInText` puts it there and gives no other.
async function sheet(what) {
  const { url, linkInText, values } = what;
  const { text } = message(SHEET, what, linkInText);
  const title = oneLine(expand(what.title, values).text);
  const shared = { ...(title && { title }), ...(text && { text }), ...(!linkInText && { url }) };
  if (!navigator.share || navigator.canShare?.(shared) === false) return copy(url);
  try {
    await navigator.share(shared);
    return { how: "web-share" };
  } catch (error) {
    // Closing the sheet rejects as well, and is no failure.
    return error?.name === "AbortError" ? { how: "cancelled" } : { how: "failed", reason: reasonOf(error) };
  }
}

const reasonOf = ({ name, message: sentence } = {}) => (name === "NotAllowedError" ? "The browser shares in the handler of a click only." : `${name}: ${sentence}`);

// A window that is opened with "noopener" is never handed back, blocked or not. So an empty one is opened, cut loose and then sent away.
function open(target) {
  if (!target.startsWith("https:")) {
    location.assign(target); // a program's own scheme: no page is left
    return { how: "opened", target };
  }
  const tab = window.open("", "_blank");
  if (!tab) return { how: "failed", target, reason: "The browser did not let a window open: share in the handler of a click, or offer the target as a link." };
  tab.opener = null;
  tab.location.replace(target);
  return { how: "opened", target };
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return { how: "copied" };
  } catch {
    // No https, no permission, or an old browser.
    return copySelected(text) ? { how: "copied" } : { how: "failed", reason: "The browser did not let the link be copied: show it in a field." };
  }
}

function copySelected(text) {
  const focused = document.activeElement;
  const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
  Object.assign(field.style, { position: "fixed", top: 0, opacity: 0, fontSize: "16px" }); // less, and iOS zooms in
  // Outside a modal dialog nothing can be selected.
  (focused?.closest("dialog") ?? document.body).append(field);
  try {
    field.select();
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    focused?.focus?.({ preventScroll: true });
  }
}

/** The text of a channel, the link in it once where it belongs there: at its first {link}, else at the end. */
export function message(channel, { url, text = "", values }, withLink) {
  const template = (typeof text === "object" ? text?.[channel] ?? text?.default : text) ?? "";
  const { text: said, left, linked } = expand(template, values, withLink ? url : "");
  if (!withLink || linked || !url) return { text: said, left };
  const gap = !said || /\s$/.test(said) ? "" : said.includes("\n") ? "\n" : " ";
  return { text: said + gap + url, left };
}

/**
 * A template with its placeholders filled in. One without a value is left out, together with the spaces before it, and named in `left`.
 * Values are taken as they are: a placeholder in a value is text.
 */
export function expand(template, values = {}, link = "") {
  const [first, ...rest] = String(template ?? "").split(/\{(\w+)\}/);
  const left = [];
  let [text, linked] = [first, false];
  for (let place = 0; place < rest.length; place += 2) {
    const [name, after] = [rest[place], rest[place + 1]];
    const isLink = name === "link";
    const value = isLink ? (linked ? "" : link) : Object.hasOwn(values ?? {}, name) ? String(values[name] ?? "") : "";
    linked ||= isLink && Boolean(link);
    if (!value && !isLink && !left.includes(name)) left.push(name);
    text = value ? text + value + after : joined(text.replace(/[ \t]+$/, ""), after);
  }
  return { text, left, linked };
}

// A line does not begin with the space that stood behind what is left out.
const joined = (text, after) => text + (/(^|\n)$/.test(text) ? after.replace(/^[ \t]+/, "") : after);

// The header of a mail has one line, and so have titles.
const oneLine = (text) => text.replace(/\s*[\r\n]+\s*/g, " ").trim();

// Spaces become %20, which everybody reads; `+` is a plus to mail programs. Halves of surrogate pairs cannot be encoded.
const encoded = (text) => encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd"));

/** Shares from a page: each channel has the visitor's link for it, and what was shared is an event. */
export async function shareFrom(page, channel, what) {
  const result = await share(channel, filled(page, what), linksOf(page, what));
  if (result.shared) page.track("Invite Shared", shareProperties(channel, result, page.referral().code));
  return result;
}

/** The addresses of all channels, each with the visitor's link for it. */
export const targetsFrom = (page, what) => shareTargets(filled(page, what), linksOf(page, what));

const filled = (page, what) => ({ ...what, values: { code: page.referral().code ?? "", ...what?.values } });
const linksOf = (page, what) => (channel, url = what?.url ?? location.href) => page.link(url, { channel });

// The channels as they ship, inside the page: every browser reads referrers as Node does, apps' and odd ones included.
import assert from "node:assert/strict";
import { test } from "node:test";
import { channelOf } from "../../www/harness/channel.js";
import { hostsOf, matomoHosts } from "../channel/support/lists.mjs";
import { startSite } from "./support/site.mjs";

const ODD = [
  ...["android-app://com.reddit.frontpage/", "android-app://com.google.android.gm", "https://bücher.example/", "https://x.com/i/grok/1"],
  ...["http://www.bing.com.:8080/", "https://me:secret@www.google.de/", "about:blank", "", "//", "https://[::1]:80/", "ftp://google.com/"],
];

test("every browser finds the channel that Node finds", async (t) => {
  const referrers = [...matomoHosts().flatMap(({ host }) => hostsOf(host)).map((host) => `https://${host}/`), ...ODD];
  const page = await (await startSite(t)).open();
  const found = await page.evaluate(inPage, referrers);
  assert.deepEqual(JSON.parse(found), referrers.map((referrer) => channelOf({}, referrer, "shop.example")));
});

async function inPage(referrers) {
  const { channelOf } = await import("/pkg/channel.js");
  return JSON.stringify(referrers.map((referrer) => channelOf({}, referrer, "shop.example")));
}

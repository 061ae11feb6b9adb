// Where a link leads, in GA4's names.
import { isAmong } from "../hosts.js";
import { decode } from "../mask.js";
import { withoutToken } from "../token.js";
import { isPrivate, nearest } from "./element.js";
import { listOf } from "./settings.js";

// What GA4's enhanced measurement takes for a download, and what has come since.
const DOWNLOADS = ("pdf xls xlsx doc docx txt rtf csv exe key pps ppt pptx 7z pkg rar gz zip avi mov mp4 mpe mpeg mpg wmv mid midi mp3 wav wma " +
  "dmg msi deb rpm apk iso tar tgz bz2 xz epub mobi odt ods odp ics vcf").split(" ");

/** The link on a way, as it is now; null where there is none, none that leads anywhere, or one that is private. */
export function linkOf(way) {
  const link = nearest(way, "a[href],area[href]");
  const address = link && !isPrivate(way.slice(way.indexOf(link))) && addressOf(link);
  return address && address.protocol !== "javascript:" ? { address, isFile: link.hasAttribute("download") } : null;
}

// By the attribute: a link within a drawing has another kind of `href`.
function addressOf(link) {
  try {
    return new URL(link.getAttribute("href"), document.baseURI);
  } catch {
    return null;
  }
}

/** The event of a click on a link, and its properties. */
export function leading(watch, { address, isFile }, options) {
  const { href, protocol, hostname, pathname } = address;
  const isWeb = /^https?:$/.test(protocol);
  const file = decode(pathname).split("/").at(-1);
  const ending = /\.(\w+)$/.exec(file)?.[1].toLowerCase();
  const properties = { link_url: watch.maskUrl(withoutToken(href).url), outbound: isWeb && isElsewhere(hostname, options) && !isAmong(hostname, watch.domains) };
  if (isWeb) properties.link_domain = hostname;
  if (!isFile && !(isWeb && (listOf(options.downloads) ?? DOWNLOADS).includes(ending))) return { name: "Link Clicked", properties };
  return { name: "File Downloaded", properties: { ...properties, file_name: watch.mask(file), file_extension: ending } };
}

const isElsewhere = (hostname, { own_hosts: own }) => hostname !== location.hostname && !(listOf(own) ?? []).includes(hostname);

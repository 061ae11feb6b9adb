// How protocols that have no word for a thing call it.

// An event's name in small letters, digits and underscores; "" where ASCII has no letter of it.
export const snake = (name) =>
  String(name ?? "")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z\d]+/g, "_")
    .slice(0, 100)
    .replace(/^_|_$/g, "");

// What happened, as a name in one of a company's name spaces: com.privateer.page, com.privateer.track.plan_chosen.
export const typeOf = ({ type, event }, vendor = "com.privateer") =>
  [vendor, type, type === "track" && snake(event)].filter(Boolean).join(".");

// The bare address of a host is completed by the path that the protocol gives it; any other is taken as it is.
export const at = (url, path) => (/^https?:\/\/[^/?#]+\/?$/i.test(url) ? url.replace(/\/?$/, path) : url);

export function originOf(url) {
  try {
    return new URL(url).origin;
  } catch {
    return "";
  }
}

// The token in an address that says who the visitor is, for the site's other domains. Addresses are not read and written
// anew: nothing else of them changes, their spelling included.
const PARAMETER = "_pv=";

const parts = (url) => /^([^?#]*)(\??[^#]*)(.*)$/s.exec(url).slice(1);

// The address, and the token taken out of it as it was written; null without one.
export function withoutToken(url) {
  const [address, query, hash] = parts(url);
  const all = query.slice(1).split("&");
  const others = all.filter((each) => !each.startsWith(PARAMETER));
  if (others.length === all.length) return { url, token: null };
  const token = all.find((each) => each.startsWith(PARAMETER)).slice(PARAMETER.length);
  return { url: address + (others.length ? `?${others.join("&")}` : "") + hash, token };
}

// The address with a token, in place of the one it may have.
export function withToken(url, token) {
  const [address, query, hash] = parts(withoutToken(url).url);
  return `${address}${query || "?"}${query.length > 1 ? "&" : ""}${PARAMETER}${encodeURIComponent(token)}${hash}`;
}

// Where a referrer points: its host and path, or nothing where it is no page and no app.
const APP = /^(https?:\/\/)?android-app:?\/\//i;

/** An app that opened a link names its package in place of a host: android-app://com.example.reader/ */
export function placeOf(referrer) {
  try {
    // Read as https: browsers differ on the hosts of schemes they do not know.
    const { protocol, hostname, pathname } = new URL(referrer.replace(APP, "https://"));
    return /^https?:$/.test(protocol) ? { host: hostname.replace(/\.+$/, ""), path: pathname } : null;
  } catch {
    return null;
  }
}

// Waits for Privateer, and puts a failure into words.

const PATIENCE_MS = 8000;

/** Resolves to `{ privateer }`, or to `{ why }` when there will be none. Never rejects. */
export async function arrival() {
  // Module scripts run in document order, so the script before this one has run or has failed by now.
  if (!window.privateer) return { why: "Its script, /pkg/auto.js, could not be loaded. It may not be built yet, or something blocks it." };
  try {
    const privateer = await Promise.race([window.privateer, patience()]);
    return privateer ? { privateer } : { why: "It has not started within eight seconds. The connection may be very slow." };
  } catch (error) {
    return { why: error };
  }
}

function patience() {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
}

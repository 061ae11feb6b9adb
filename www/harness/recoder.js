// Another format than the engine's, or the page's own last look at each message: what does that is loaded only then.
export async function recoderFor(settings = {}, encoder, beforeSend, check, report) {
  const { format } = settings;
  if (!encoder && !beforeSend && !check && (format ?? "segment") === "segment") return null;
  const { recoder } = await import("./recode.js");
  return recoder({ format, encoder, beforeSend, check, settings, report });
}

// The parts of the site definition that the console needs.

let text = null;

/** The definition as text; fetched once. Rejects with a sentence. */
export async function siteText() {
  text ??= await load();
  return text;
}

/** What is planned for an experiment: `{ name, weights }`, by its variations' keys. Unknown ones get nothing. */
export async function planOf(experiment) {
  const site = await siteText().then(JSON.parse).catch(() => ({}));
  const features = Object.values(site.experiments?.payload?.features ?? {});
  const rule = features.flatMap((feature) => feature.rules ?? []).find((rule) => rule.key === experiment);
  const keys = rule?.variations?.map((_, index) => rule.meta?.[index]?.key ?? String(index)) ?? [];
  const shares = keys.map((key, index) => [key, rule.weights?.[index] ?? 1 / keys.length]);
  return { name: rule?.name ?? experiment, weights: new Map(shares) };
}

async function load() {
  const response = await fetch("/site.json");
  if (!response.ok) throw new Error(`The site definition /site.json answers with status ${response.status}.`);
  const body = await response.text();
  try {
    JSON.parse(body);
  } catch (error) {
    throw new Error(`The site definition /site.json is not valid JSON: ${error.message}.`);
  }
  return body;
}

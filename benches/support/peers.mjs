// The peers, set up as their documentation shows it.
import { GrowthBook } from "@growthbook/growthbook";

export async function growthbookWith(payload, attributes) {
  const growthbook = new GrowthBook({ attributes, trackingCallback() {} });
  await growthbook.init({ payload });
  return growthbook;
}

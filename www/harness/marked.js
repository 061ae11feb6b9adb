// What an element's own markup says of its event.
const MARK = /^data-privateer-(property|product)-(.+)/;
const FIGURES = /^(price|quantity|position|discount|value)$/;

// data-privateer-property-billing-period="year" is { billing_period: "year" }; data-privateer-product-price="9.5" is { price: 9.5 }.
export function properties(element) {
  const found = {};
  for (const { name, value } of element.attributes) {
    const [, kind, field] = MARK.exec(name) ?? [];
    if (field) found[field.replaceAll("-", "_")] = kind === "product" && FIGURES.test(field) && value > "" && !isNaN(value) ? Number(value) : value;
  }
  return found;
}

// Money in the smallest unit of its currency, and as people write it.

/** How many decimals a currency has; 2 where it is not known. */
export function decimalsOf(currency) {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
  } catch {
    return 2;
  }
}

/** 39.9 → 3990. The nearest whole number: events have doubles. */
export const minor = (amount, currency) => Math.round(amount * 10 ** decimalsOf(currency));

/** "€39.90". Without a known currency, the number alone. */
export function money(amount, currency) {
  const decimals = decimalsOf(currency);
  const number = amount / 10 ** decimals;
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).format(number);
  } catch {
    return number.toFixed(decimals);
  }
}

/** "39.90", for a field. */
export const written = (amount, currency) => (amount / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency));

/** "39.9" → 3990, by its digits; undefined for nothing, the text itself for what is no amount. */
export function read(text, currency) {
  const trimmed = text.trim();
  if (!trimmed) return undefined;
  const decimals = decimalsOf(currency);
  const [, whole, part = ""] = /^(\d+)(?:\.(\d*))?$/.exec(trimmed) ?? [];
  return whole === undefined || part.length > decimals ? trimmed : Number(whole + part.padEnd(decimals, "0"));
}

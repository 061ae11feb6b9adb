// Other people's code, markup and storage are read here and there: whatever they throw must not reach the page, or those who called us.
export function quietly(work, fallback) {
  try {
    return work();
  } catch {
    return fallback;
  }
}

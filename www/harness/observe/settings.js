// Reading settings: what is not of the kind that is asked for is as good as absent.
export const listOf = (value) => (Array.isArray(value) ? value : undefined);

export const numberOf = (value, otherwise) => (Number.isFinite(value) && value >= 0 ? value : otherwise);

// Placeholder until the list is built.
export const words = "";

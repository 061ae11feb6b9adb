// The service that keeps sticky bucket documents, as far as a case needs one: documents were stored, and an instance
// asks for the visitor's. A page takes them from its own storage; `experiments` is given them.

/** @returns {object[]} the documents that an instance with this context would load */
export function documentsOf(context, stored) {
  const asked = new Set(identifiersIn(context));
  return [...heldFor(context, stored)].filter(([key]) => asked.has(key)).map(([, document]) => document);
}

// An instance gives the service the documents of its context first; they replace stored ones of the same visitor.
function heldFor({ stickyBucketAssignmentDocs }, stored) {
  const documents = [...stored, ...Object.values(stickyBucketAssignmentDocs ?? {})];
  return new Map(documents.map((each) => [keyOf(each.attributeName, each.attributeValue), each]));
}

// Asked for is what some experiment hashes, or falls back to, with the value that it has now.
function identifiersIn({ attributes = {}, ...context }) {
  const names = new Set(variedIn(context).flatMap(({ hashAttribute, fallbackAttribute }) => [hashAttribute || "id", fallbackAttribute]));
  return [...names].filter((name) => isUsable(attributes[name])).map((name) => keyOf(name, attributes[name]));
}

// The rules that hold variations, of whatever feature, and the experiments that run by themselves.
function variedIn({ features = {}, experiments = [] }) {
  const rules = Object.values(features).flatMap((feature) => feature?.rules ?? []);
  return [...rules.filter((rule) => rule.variations ?? rule.contextualVariations), ...experiments];
}

const keyOf = (attribute, value) => `${attribute}||${value}`;
const isUsable = (value) => (typeof value === "string" ? value !== "" : Number.isFinite(value) && value !== 0);

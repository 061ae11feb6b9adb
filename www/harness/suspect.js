// What may be somebody's, seen at a glance; and what is hidden where mask.js, which looks closer, cannot be had.

// An address of a person, or digits enough for a telephone or a card.
export const hasContacts = (text) => /@|%40|(\d[ ./()-]{0,2}){7}/.test(text);

// More is hidden than need be.
export const hide = (text) => text.replace(/\S*(@|%40)\S*|\+?(\d[ ./()-]{0,2}){7,}/g, "[masked]");

// Of an address every parameter's value, but for the campaign's.
export const hideUrl = (url) => hide(url.replace(/([?&#](?!utm_)[^=&#]*=)[^&#]*/g, "$1"));

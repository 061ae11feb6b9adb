// Whether a text may hold what mask.js takes out. Most hold nothing of it, and the page goes without that file.

// An address of a person, or digits enough for a telephone or a card.
export const hasContacts = (text) => /@|%40|(\d[ ./()-]{0,2}){7}/.test(text);

// The same, or a parameter that sounds like a secret.
export const hasSecrets = (url) => hasContacts(url) || /(mail|phone|mobile|tel|pass|pwd|token|secret|sess|sid|auth|jwt|otp|sign|key|code)[^=&]*=/i.test(url);

// Where the page is gone before the file is there, more is hidden than need be.
export const hide = (text) => text.replace(/\S*(@|%40)\S*|\+?(\d[ ./()-]{0,2}){7,}/g, "[masked]");

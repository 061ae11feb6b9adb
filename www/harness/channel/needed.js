// Whether a visit's channel takes any thought. Small, because every page carries it; channel.js does the thinking.

// Finds utm_* and every click id. It may find more: that costs a download and changes no answer.
const TAGGED =
  /[?&](utm_|gad_|gclsrc|igsh|_kx|_open|awc|cjev|epik|dicbo|tblci|mkt_t|bd_v|(srslt|ur|bt|\w*(cl\w*|bra|fat_|ef_|[_cw]c|_e))id)/i;

/** Whether channel.js must be loaded: the address is tagged, or the one before was, or another site sent the visitor. */
export const needsChannel = (search, referrer, ownHost) => TAGGED.test(search + referrer) || !isOwn(referrer.split("/")[2], ownHost);

/** Whether a host is the site's own: the same one, with or without www., or one below it. No host is nobody else's. */
export const isOwn = (host, ownHost) => !host || `.${bare(host)}`.endsWith(`.${bare(ownHost)}`);

const bare = (host) => host.replace(/^www\.|\.*(:\d+)?$/g, "");

// GA4's default channel group. Source of the rules and of their order: support.google.com/analytics/answer/9756891;
// the assistants' place among them is ours (METHODS.md, "Channels").
const PAID = /^(.*cp.*|ppc|retargeting|paid.*)$/;
const SHOP = /^(.*(([^a-df-z]|^)shop|shopping).*)$/;
const DISPLAY = /^(display|banner|expandable|interstitial|cpm)$/;
const SOCIAL = /^(sm|social([- ](network|media))?)$/;
const EMAIL = /^e[-_ ]?mail$/;
const PUSH = /push$|mobile|notification/;

/** The channel of a visit, all in lower case: the first rule that holds names it. */
export function channelNamed(source, medium, campaign, category) {
  const paid = PAID.test(medium);
  const of = (kind) => category === kind;
  const shop = of("shopping") || SHOP.test(campaign);
  const rules = [
    ["Direct", source === "(direct)" && /^\((none|not set)\)$/.test(medium)],
    ["Cross-network", campaign.includes("cross-network")],
    ["Paid Shopping", paid && shop],
    ["Paid Search", paid && of("search")],
    ["Paid Social", paid && of("social")],
    ["Paid Video", paid && of("video")],
    ["Display", DISPLAY.test(medium)],
    ["Paid Other", paid],
    ["AI Assistants", of("ai") || medium === "ai-assistant"],
    ["Organic Shopping", shop],
    ["Organic Social", of("social") || SOCIAL.test(medium)],
    ["Organic Video", of("video") || medium.includes("video")],
    ["Organic Search", of("search") || medium === "organic"],
    ["Referral", /^(referral|app|link)$/.test(medium)],
    ["Email", EMAIL.test(source) || EMAIL.test(medium)],
    ["Affiliates", medium === "affiliate"],
    ["Audio", medium === "audio"],
    ["SMS", source === "sms" || medium === "sms"],
    ["Mobile Push Notifications", source === "firebase" || PUSH.test(medium)],
    ["Unassigned", true],
  ];
  return rules.find(([, holds]) => holds)[0];
}

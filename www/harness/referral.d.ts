/** Referrals: who sent the visitor, the link they pass on, and what is owed for it. */

/** An arrival that somebody or something brought about; direct visits are none. */
export interface Touch {
  /** When, as ISO 8601. */
  time: string;
  /** The advocate's code; `null` where a campaign, a search or another site brought the visitor. */
  code: string | null;
  /** What tells a signed link from others of the same code. */
  nonce: string | null;
}

/** The visitor as an advocate and as a friend. */
export interface Referral {
  /** The program's id; absent or `null` where the site has none. */
  program?: string | null;
  /**
   * This visitor's own code; `null` without a program, without a yes to analytics (a code that is stored nowhere dies with the page), and as long as
   * the site's server has to give one, or no user is named of whose id one can be derived.
   */
  code: string | null;
  /** The page's address with the code added. */
  link: string | null;
  /** The code of whoever is credited with this visitor now, by the program's attribution. */
  incoming: string | null;
  /** Whether that stays so: the visitor signed up, or converted. */
  bound?: boolean;
  /**
   * Whether this visitor may be asked to invite others: they have a code, meet `referral.invite.when`, and, where links need a signature,
   * the site's server has told their token (trait `referral_token`). It is not checked here: give a new one before the old one ends.
   */
  invites?: boolean;
  /** Every arrival, oldest first; 50 at most. */
  touches?: Touch[];
}

/** A place that opens with the invitation filled in. */
export type ShareLinkChannel = "whatsapp" | "x" | "facebook" | "linkedin" | "telegram" | "line" | "reddit" | "weibo" | "email" | "sms";
/** "share" is the device's own sheet. "copy" takes the link alone. "wechat" has no address: its camera reads a QR code. */
export type ShareChannel = "share" | ShareLinkChannel | "copy" | "wechat";

export interface ShareOptions {
  /** The page that the link leads to; this one where it is missing. The visitor's code is added. */
  url?: string;
  /**
   * The message, or one for each channel and `default` for the others. `{link}`, `{name}`, `{reward}`, `{code}` and whatever `values` has are filled in.
   * The link is in a message once: at its first `{link}`, else at the end; where a place takes the link by itself, it is in no message.
   * A placeholder without a value is left out, with the spaces before it, and named in {@link ShareResult.left}.
   * Facebook and LinkedIn take no message: they read the title and picture of the page that the link leads to.
   */
  text?: string | ({ [channel in ShareChannel]?: string } & { default?: string });
  /** The subject of a mail, the title on Reddit (there, without it, the message) and of the device's sheet. Has placeholders too, but no link. */
  title?: string;
  /** What placeholders stand for. Taken as it is: a placeholder in a value is text. */
  values?: { [name: string]: string | number | null | undefined };
  /** For X, without `#`. */
  hashtags?: string[];
  /** For the device's sheet: puts the link into the message and gives no other, for apps that take only one of both. */
  linkInText?: boolean;
}

export interface ShareResult {
  /** Whether the invitation was handed on. What became of it in another program, nobody tells. */
  shared: boolean;
  /**
   * "web-share": the device's sheet took it. "opened": the place was opened. "copied": the link is in the clipboard (also where "share" was asked for and
   * the browser has no sheet). "qr": the link waits to be drawn. "cancelled": the visitor closed the sheet. "failed": `reason` says why.
   */
  how: "web-share" | "opened" | "copied" | "qr" | "cancelled" | "failed";
  /** The link. */
  url: string;
  /** The address of the place; where its window was not let open, to be offered as a link. */
  target?: string;
  /** For WeChat: what to draw with `qr()`. */
  qr?: string;
  /** A sentence. */
  reason?: string;
  /** Placeholders of the message that had no value. */
  left?: string[];
}

/** What rewards are counted in. Money is in the smallest unit of the program's currency, such as cents. */
export type RewardUnit = "money" | "points" | "days";

/** When something happened: ms since 1970, or a text as `toISOString` writes it, with or without milliseconds. */
export type RewardTime = number | string;

/** A friend converted. */
export interface RewardConversion {
  /** Whatever comes again with the same id counts once; where it says something else, the earliest counts, and a problem tells it. */
  id: string;
  type: "conversion";
  /** The code that it came with. Without one, or with another one than before, it is the advocate's whom the friend is bound to. */
  advocate?: string;
  /** Who converted: an id that stays the same. One who is their own advocate is not rewarded. */
  friend: string;
  time: RewardTime;
  /** What was paid, in the smallest unit of the currency: a whole number, 0 to 2^53. By default 0. */
  amount?: number;
  /** By default the program's. What was paid in another one is not rewarded. */
  currency?: string;
}

/** Money went back. A refund of everything takes everything back that came of the conversion. */
export interface RewardRefund {
  id: string;
  type: "refund";
  /** The id of the conversion. */
  of: string;
  time: RewardTime;
  /** By default everything. */
  amount?: number;
  currency?: string;
}

/** Somebody looked at a conversion. Of several the last counts; of equal times, `rejected`. */
export interface RewardDecision {
  type: "approved" | "rejected";
  /** The id of the conversion. */
  of: string;
  time: RewardTime;
  id?: string;
}

/** What happened. The order does not matter. */
export type RewardEntry = RewardConversion | RewardRefund | RewardDecision;

/** What one rule owes one person for one conversion or milestone. `rule`, `conversion`, `to`, `who` and `friends` name it. */
export interface RewardLine {
  /** `null` where no rule is asked about the conversion. */
  rule: string | null;
  /** `null` for milestones, which many conversions bring about. */
  conversion: string | null;
  to: "advocate" | "friend";
  /** The advocate's code, or the friend's id; `null` where a conversion has no advocate. */
  who: string | null;
  unit: RewardUnit;
  /** What is owed now. Who has paid more takes the difference back. */
  amount: number;
  /**
   * `pending`: somebody has to look at it. `held`: until `due`. `approved`: to be paid. Nothing is owed where it is `rejected`,
   * `clawed-back`, or `none`, and `why` says the reason. A tier or milestone is as far as the friends are that it needs.
   */
  state: "none" | "pending" | "held" | "approved" | "rejected" | "clawed-back";
  /** In ms. */
  due: number;
  /** Of the tier or milestone; 0 for others. */
  friends: number;
  /**
   * Why it is nothing, or not what the rule says: `cap`, `limit` (at_most), `budget`, `minimum`, `repeat` (not the friend's first),
   * `too-late` (duration_days), `tier` (too few friends), `rounding` (less than the smallest unit), `refund`, `already-bound` (it came
   * with another's code), `rejected`, `currency`, `self`, `no-advocate`.
   */
  why: string | null;
}

/** What somebody has of one unit. */
export interface RewardTotal {
  to: "advocate" | "friend";
  who: string;
  unit: RewardUnit;
  pending: number;
  held: number;
  approved: number;
}

/** A tier or milestone: a share of what each friend paid, or an amount. */
export interface RewardStep {
  friends: number;
  percent?: number;
  amount?: number;
  unit?: RewardUnit;
}

/** How far an advocate is on the way of a rule with tiers or milestones. */
export interface RewardProgress {
  who: string;
  rule: string;
  /** So far, pending ones included; of tiers with `within_days`, in the group that is open. */
  friends: number;
  /** How many are missing to the next step; 0 on the last. */
  needed: number;
  present: RewardStep | null;
  next: RewardStep | null;
  /** Until when others can join the group, in ms. */
  until: number | null;
  /** In English, such as `"1 more friend to 30 %"`. */
  sentence: string;
}

/** What is owed to whom. */
export interface RewardStatement {
  currency: string | null;
  /** By the time of their conversions, then by the conversions' ids, then in the order of the rules. */
  lines: RewardLine[];
  totals: RewardTotal[];
  /** Of the budget, by all people. */
  spent: Record<RewardUnit, number>;
  /** `null`: no bounds. */
  budget: Record<RewardUnit, number | null>;
  progress: RewardProgress[];
  /** Of the program's rewards, with paths from `$.referral.rewards`; of entries that cannot be read, from `$.history`; `conflict`, `currency` and `unknown-conversion` have the id as path. */
  problems: { code: string; path: string; message: string }[];
}

// What a click id in the address says of the click. The first of these that is there decides: a click that was paid
// for before one that was not; an engine's own id before Google's, which Search Ads 360 adds to other engines' clicks;
// dclid before gad_source, which Campaign Manager adds to display clicks.
const CLICKS = `bing cpc msclkid
yandex cpc yclid
baidu cpc bd_vid
360.cn cpc qhclickid
google cpc gclid gbraid wbraid
dfa cpm dclid
google cpc gad_source gad_campaignid gclsrc
tiktok cpc ttclid
twitter cpc twclid
linkedin cpc li_fat_id
reddit cpc rdt_cid
pinterest cpc epik
snapchat cpc sccid
quora cpc qclid
outbrain cpc obclid dicbo
taboola cpc tblci
dataxu display btid
millennial-media display urid
 cpc s_kwcid ef_id _openstat
impact affiliate irclid irclickid
cj affiliate cjevent
awin affiliate awc
klaviyo email _kx
mailchimp email mc_cid mc_eid
marketo email mkt_tok
google organic srsltid
yandex organic ysclid
facebook social fbclid
instagram social igshid igsh`.split("\n");

/**
 * Whose click it was, and of what medium. A source of "" is told by no more than the referrer.
 * @param {object} [clickIds] with the click ids as members
 */
export function clickOf(clickIds) {
  const names = Object.keys(clickIds ?? {}).map((name) => name.toLowerCase());
  const [source, medium] = CLICKS.map((line) => line.split(" ")).find((words) => words.slice(2).some((id) => names.includes(id))) ?? [];
  return medium && { source, medium };
}

// Ids that say nothing of a medium are ids all the same.
const OTHERS = ["ko_click_id", "mtm_clid"];
const ALL = new Set([...CLICKS.flatMap((line) => line.split(" ").slice(2)), ...OTHERS]);

/** Whether a query parameter is the id of a click. Its name may be written in any case. */
export const isClickId = (name) => ALL.has(name.toLowerCase());

/** An address without the ids of clicks; nothing else of it changes. */
export const withoutClicks = (url) =>
  url.replace(/(?<=[?&])([^=&#]*)=[^&#]*(&|(?=#|$))/g, (parameter, name) => (isClickId(name) ? "" : parameter)).replace(/[?&](?=#|$)/, "");

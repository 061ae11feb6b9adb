// Small drawings of our own for the ways to pass a link on; no brand's mark.
const SPACE = "http://www.w3.org/2000/svg";
const BUBBLE = "M4 5h16v11H10l-5 4v-4H4z";

const PATHS = {
  share: "M12 15V3m-4 4 4-4 4 4M5 12v8h14v-8",
  whatsapp: `${BUBBLE}M9 9.500v.010M12 9.500v.010M15 9.500v.010`,
  telegram: "M3 11 21 4l-3 16-6-5-3 4v-6L18 7",
  line: `${BUBBLE}M8 10.500h8`,
  facebook: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6m-5 8c0-3 2-5 5-5s5 2 5 5m2-8a2.500 2.500 0 1 0 0-5m1 8c3 0 5 2 5 5",
  x: "M5 4l14 16M19 4 5 20",
  linkedin: "M4 8h16v12H4zM9 8V5h6v3M4 13h16",
  reddit: "M4 6h16M4 12h10M4 18h13",
  weibo: "M5 14a7 5 0 1 0 14 0 7 5 0 0 0-14 0m8-9a7 7 0 0 1 7 6",
  wechat: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2m4 0v4h-6",
  email: "M3 6h18v12H3zl9 7 9-7",
  sms: `${BUBBLE}M8 9h8M8 12h5`,
  copy: "M9 9h11v12H9zM6 15H4V3h11v3", // two sheets
};

/** A drawing for a channel, told to nobody: its name stands beside it. */
export function icon(channel) {
  const svg = document.createElementNS(SPACE, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SPACE, "path");
  path.setAttribute("d", PATHS[channel]);
  svg.append(path);
  return svg;
}

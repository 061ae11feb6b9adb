// Core Web Vitals and their kin, as Google's library measures them: one event for a page, when it is left, because two of
// the five are only known then. When it is looked at again and they change, another one; the last holds.
const FIGURES = { LCP: "lcp_msec", INP: "inp_msec", CLS: "cls", FCP: "fcp_msec", TTFB: "ttfb_msec" };

export function speed(watch) {
  const path = location.pathname; // the page that was loaded, whatever the address says later
  let figures = {};
  let told = "";
  watch.ends((how) => {
    const now = JSON.stringify(figures);
    // "left" is followed by "hidden", for which the library still looks up what it has not been told.
    if (how !== "hidden" || now === told || now === "{}") return;
    told = now;
    watch.conclude("Web Vitals", { ...figures, page_path: watch.maskUrl(path) });
  });
  watch.begins((how) => how === "restored" && (figures = {}));
  const take = watch.quietly(({ name, value, rating, navigationType }) => {
    const rounded = name === "CLS" ? Math.round(value * 10000) / 10000 : Math.round(value);
    figures = { ...figures, [FIGURES[name]]: rounded, [`${name.toLowerCase()}_rating`]: rating, navigation_type: navigationType };
  });
  import("./vitals.js").then(({ vitals }) => vitals(take)).catch(watch.quietly(fail));
}

const fail = (error) => {
  throw error;
};

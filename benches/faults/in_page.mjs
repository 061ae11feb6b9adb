// What the faults do inside a page. Each function is sent there as it stands, so it may use nothing from outside.

/** `times` events at once; each has an id of its own, and `size` letters where the fault wants large ones. A product that never got ready takes none. */
export const burst = ({ first = 0, times, size = 0, away = "" }) => {
  for (let number = first; number < first + times; number += 1) {
    window.tracker?.track("Plan Chosen", { id: `event-${number}`, plan: "crew", seats: 12, trial: false, source: size ? "x".repeat(size) : "pricing page" });
  }
  if (away) location.href = away;
};

/** A full storage, as a page sees it: nothing more can be written. */
export const refuseWrites = () => {
  Storage.prototype.setItem = () => {
    throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
  };
};

/** A browser that blocks every storage for this site. */
export const denyStorage = () => {
  const denied = { configurable: true, get: () => { throw new DOMException("Access is denied for this document.", "SecurityError"); } };
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) Object.defineProperty(window, name, denied);
  Object.defineProperty(Document.prototype, "cookie", { configurable: true, get: () => "", set: () => {} });
};

/** Another script of the page leaves no room, to the last letter. */
export const fillStorage = () => {
  let number = 0;
  for (let size = 1 << 20; size >= 1; ) {
    try {
      localStorage.setItem(`filled-${number}`, "x".repeat(size));
      number += 1;
    } catch {
      size >>= 1;
    }
  }
};

export const clearStorage = () => {
  localStorage.clear();
  sessionStorage.clear();
};

/** Every value that is stored becomes something nobody wrote. */
export const spoilStorage = () => {
  for (const key of Object.keys(localStorage)) localStorage.setItem(key, '{"}not what you wrote');
};

/** The computer's clock is set back: dates tell two hours less, elapsed time goes on. */
export const setClockBack = () => {
  const True = Date;
  const back = 2 * 60 * 60 * 1000;
  window.Date = class extends True {
    constructor(...given) {
      super(...(given.length ? given : [True.now() - back]));
    }
    static now() {
      return True.now() - back;
    }
  };
};

export const keepBusy = (ms) => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

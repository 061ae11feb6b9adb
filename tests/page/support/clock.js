// Runs before every other script of a page whose test cannot wait: lets time pass. Timers go off when their time has come,
// as if the page had been open all the while.
//   passTime(ms)    the clock and all timers go on by so much
//   shiftClock(ms)  the clock alone is set: somebody corrects it, or it was wrong all along
//   underWay        how many requests have no answer yet: time that passes now is time that they take
{
  const RealDate = Date;
  const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = window;
  const realNow = performance.now.bind(performance);
  const waiting = new Map();
  let passed = 0;
  let wrong = 0;
  let nextId = 1_000_000; // far from the browser's own ids, which intervals still have

  const steady = () => realNow() + passed;

  window.Date = class extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(window.Date.now());
      else super(...given);
    }
    static now() { return RealDate.now() + Math.round(passed) + wrong; }
  };
  performance.now = steady;

  function arm(id) {
    const timer = waiting.get(id);
    timer.real = realSetTimeout(() => ring(id), Math.max(timer.due - steady(), 0));
  }

  function ring(id) {
    const timer = waiting.get(id);
    if (!timer) return;
    waiting.delete(id);
    realClearTimeout(timer.real);
    timer.work();
  }

  window.setTimeout = (work, ms = 0, ...args) => {
    const id = nextId++;
    waiting.set(id, { work: () => work(...args), due: steady() + Math.max(Number(ms) || 0, 0) });
    arm(id);
    return id;
  };
  window.clearTimeout = (id) => {
    const timer = waiting.get(id);
    if (!timer) return realClearTimeout(id);
    realClearTimeout(timer.real);
    waiting.delete(id);
  };
  AbortSignal.timeout = (ms) => {
    const control = new AbortController();
    window.setTimeout(() => control.abort(new DOMException("The time is up.", "TimeoutError")), ms);
    return control.signal;
  };

  const realFetch = window.fetch;
  window.underWay = 0;
  window.fetch = async (...given) => {
    window.underWay += 1;
    try {
      return await realFetch(...given);
    } finally {
      window.underWay -= 1;
    }
  };

  window.shiftClock = (ms) => { wrong += ms; };
  function pass(ms) {
    passed += ms;
    const due = [...waiting].filter(([, timer]) => timer.due <= steady()).sort(([, one], [, other]) => one.due - other.due);
    for (const [id] of due) ring(id);
    for (const [id, timer] of waiting) {
      realClearTimeout(timer.real);
      arm(id);
    }
  }

  // A moment later: WebKitGTK's driver has a timer in the page while it asks something.
  window.passTime = (ms) => { realSetTimeout(() => pass(ms)); };
}

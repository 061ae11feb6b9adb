// The tasks of a page's main thread, as the browser's own trace has them: a page's longtask entries say nothing below 50 ms.
// Their length is the thread's own time, so that a busy machine does not lengthen them.

/**
 * Records what follows. `stop()` gives the lengths in ms of the tasks that ended before the page set the mark, of those after it,
 * and of what the page did at each click.
 */
export async function recordTasks(browser, page) {
  await browser.startTracing(page, { categories: ["-*", "devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"] });
  return { stop: async () => tasksIn(JSON.parse((await browser.stopTracing()).toString("utf8")).traceEvents) };
}

// The page's own thread is the one that set the mark.
function tasksIn(events) {
  const mark = events.find(({ name, cat }) => name === MARK && cat.includes("blink.user_timing"));
  const own = events.filter(({ pid, tid, tdur }) => pid === mark.pid && tid === mark.tid && tdur >= 0);
  const lengths = (wanted, which) => own.filter((event) => event.name === wanted && which(event)).map(({ tdur }) => tdur / 1000);
  return {
    before: lengths("RunTask", ({ ts, dur }) => ts + dur < mark.ts),
    after: lengths("RunTask", ({ ts, dur }) => ts + dur >= mark.ts),
    clicks: lengths("EventDispatch", ({ args }) => args.data?.type === "click"),
  };
}

export const MARK = "used";

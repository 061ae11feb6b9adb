// The tasks of a page's main thread, as the browser's own trace has them: a page's longtask entries say nothing below 50 ms.
// Their length is the thread's own time, so that a busy machine does not lengthen them.

/** Records what follows; `stop()` gives the lengths in ms of the tasks before and after the mark. */
export async function recordTasks(browser, page) {
  await browser.startTracing(page, { categories: ["-*", "disabled-by-default-devtools.timeline", "blink.user_timing"] });
  return { stop: async () => tasksIn(JSON.parse((await browser.stopTracing()).toString("utf8")).traceEvents) };
}

// The page's own thread is the one that carried out a mark of it.
function tasksIn(events) {
  const { pid, tid } = events.findLast(({ name, cat }) => name === MARK && cat.includes("blink.user_timing"));
  const own = events.filter((event) => event.pid === pid && event.tid === tid);
  const mark = own.find(({ name }) => name === MARK).ts;
  const tasks = own.filter(({ name, tdur }) => name === "RunTask" && tdur > 0);
  const lengths = (within) => tasks.filter(({ ts }) => within(ts)).map(({ tdur }) => tdur / 1000);
  return { before: lengths((ts) => ts < mark), after: lengths((ts) => ts >= mark) };
}

/** A page sets this mark between what is loaded and what is done with it. */
export const MARK = "at rest";

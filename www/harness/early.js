// What the page said before Privateer ran: (window.privateerQueue ??= []).push(["track", name, properties, time]). Everything is
// replayed in order, then what is pushed acts at once. The time, in ms as Date.now() gives it, is the event's own.
export function takeQueue(page, queue) {
  let warned;
  const act = (call) => {
    try {
      const [verb, first, second, time] = call;
      page[verb](first, second, time && { time });
    } catch (error) {
      warned ||= [console.warn(`privateer: a queued call failed: ${error}`)];
    }
  };
  while (queue.length) act(queue.shift());
  queue.push = (...calls) => calls.forEach(act);
}

// Elements that stay in view: a share of the element, or of the window where the element is larger, for some time.
const STEPS = Array.from({ length: 21 }, (_, step) => step / 20);

/** `seen(element)` is called once for each that was added, however often, while the page is visible; anew after `again()`. */
export function whenSeen(watch, { share, ms }, seen) {
  const waiting = new Map(); // elements in view, and what calls them off
  const elements = new Set();
  const done = new Set();
  const callOff = (element) => {
    waiting.get(element)?.();
    waiting.delete(element);
  };
  const take = (element) => {
    callOff(element);
    observer.unobserve(element);
    if (!element.isConnected) return;
    done.add(element);
    seen(element);
  };
  const look = watch.quietly((entries) => {
    for (const entry of entries) {
      if (document.visibilityState !== "visible" || !isEnough(entry, share)) callOff(entry.target);
      else if (!waiting.has(entry.target)) waiting.set(entry.target, watch.wait(ms, () => take(entry.target)));
    }
  });
  const observer = new IntersectionObserver(look, { threshold: STEPS });
  // Nobody looks at a hidden page. What is in view is told anew once it is observed anew.
  const observeAnew = () => {
    observer.disconnect();
    for (const element of elements) {
      if (!element.isConnected) elements.delete(element);
      else if (!done.has(element)) observer.observe(element);
    }
  };
  watch.on(window, "visibilitychange", () => (document.visibilityState === "hidden" ? [...waiting.keys()].forEach(callOff) : observeAnew()));
  watch.undo(() => observer.disconnect());
  return {
    add(element) {
      if (elements.has(element)) return;
      elements.add(element);
      observer.observe(element);
    },
    again() {
      [...waiting.keys()].forEach(callOff);
      done.clear();
      observeAnew();
    },
  };
}

function isEnough({ isIntersecting, intersectionRect, boundingClientRect, rootBounds }, share) {
  if (!isIntersecting) return false;
  const area = ({ width, height }) => width * height;
  const whole = Math.min(area(boundingClientRect), area(rootBounds ?? { width: innerWidth, height: innerHeight }));
  return area(intersectionRect) >= share * whole;
}

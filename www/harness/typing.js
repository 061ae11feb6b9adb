// That the visitor writes something, at most once a second: nothing that a site has to say comes in between.
const APART = 1000;

export function followTyping(tell) {
  let told = -APART;
  addEventListener("input", ({ isTrusted, timeStamp }) => {
    if (!isTrusted || timeStamp - told < APART) return;
    told = timeStamp;
    tell();
  }, { capture: true, passive: true });
}

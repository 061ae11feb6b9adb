// The visitor's say: keep and send events or not, and start over as somebody new.
import { announce, onClick, show } from "./show.js";

const WORDS = {
  granted: "Events are kept in this browser and sent to the collector of this page.",
  pending: "Not answered yet. Events stay in memory and are gone when you leave.",
  denied: "Nothing is kept and nothing is sent. What was kept has been erased.",
};
const box = document.querySelector("#consent");

export function wire(privateer) {
  box.addEventListener("change", () => {
    privateer.setConsent(box.checked ? "granted" : "denied");
    announce(WORDS[privateer.consent()]);
  });
  onClick("forget", () => {
    privateer.forget();
    announce("You are a new visitor now.");
  });
}

export function render(privateer) {
  box.checked = privateer.consent() === "granted";
  show("consent", WORDS[privateer.consent()]);
}

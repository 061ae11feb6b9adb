// How many events were recorded, and what became of them.
import { announce, onClick, show } from "./show.js";

export function wire(privateer) {
  onClick("flush", async () => {
    const { queued, delivered } = await privateer.flush();
    announce(queued ? `${queued} events still wait: the collector did not answer.` : `${delivered} events delivered.`);
  });
}

export function render(privateer) {
  const status = privateer.status();
  for (const name of ["recorded", "queued", "delivered", "dropped"]) show(name, status[name]);
}

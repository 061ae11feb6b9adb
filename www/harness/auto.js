// The script tag: <script type="module" src=".../auto.js" data-site="/site.json" data-timeout="3000"></script>
// Afterwards `privateer` is a promise of the same object that `start` gives.
import { start } from "./index.js";

// A module has no document.currentScript, and other products use data-site too: ours is the one with our address.
const own = [...document.scripts].find(({ src }) => src === import.meta.url);
window.privateer = start({
  site: own?.dataset.site ?? document.querySelector('script[type="module"][data-site]')?.dataset.site,
  timeout: +own?.dataset.timeout || undefined,
});

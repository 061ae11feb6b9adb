// The script tag: <script type="module" src=".../auto.js" data-site="/site.json"></script>
// Afterwards `privateer` is a promise of the same object that `start` gives.
import { start } from "./index.js";

const { site } = document.querySelector("script[data-site]").dataset;
window.privateer = start({ site });

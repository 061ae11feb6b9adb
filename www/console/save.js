// Giving what the console made to the person in front of it: as a file, or by the clipboard.
import { share } from "/pkg/share.js";

/** Offers a file. `content` is a text or a Blob. */
export function save(name, content, type) {
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

const BACK_MS = 2000;

/** Copies, and the button says so for a while. To be called in the handler of its click. */
export async function copy(text, button) {
  const { how } = await share("copy", { url: text });
  const words = (button.dataset.words ??= button.textContent);
  button.textContent = how === "copied" ? "Copied" : "Not copied";
  setTimeout(() => (button.textContent = words), BACK_MS);
  return how === "copied";
}

// The button on a copy block. Where the clipboard is closed to us the text is selected instead.
import { icon } from "./toast.js";

const SHOWN_MS = 1600;

export function watchCopying() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) {
      return;
    }
    const code = button.closest(".copy").querySelector("code");
    try {
      await navigator.clipboard.writeText(code.textContent);
      confirm(button);
    } catch {
      getSelection().selectAllChildren(code);
    }
  });
}

function confirm(button) {
  button.replaceChildren(icon("check"));
  button.classList.add("is-done");
  button.setAttribute("aria-label", "Copied");
  setTimeout(() => {
    button.replaceChildren(icon("copy"));
    button.classList.remove("is-done");
    button.setAttribute("aria-label", "Copy");
  }, SHOWN_MS);
}

// Links marked data-dialog open their page's form over this page. What was typed survives closing by mistake.
import { toast } from "./toast.js";

export function watchDialogs() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(link);
    }
    if (event.target.closest("[data-close]") && event.target.closest("dialog")) {
      event.preventDefault();
      forget();
    }
    if (event.target.matches?.("dialog[open]")) {
      event.target.close();
    }
  });
  document.body.addEventListener("covibe:planned", (event) => finish(event.detail));
}

async function open(link) {
  const dialog = document.getElementById("dialog");
  if (dialog.dataset.href !== link.href || !isDirty(dialog)) {
    dialog.dataset.href = link.href;
    document.getElementById("dialog-title").textContent = titleOf(link);
    await window.htmx.ajax("GET", link.href, { target: "#dialog-body", swap: "innerHTML", select: "form.plan" });
  }
  if (!dialog.querySelector("form.plan")) {
    location.assign(link.href);
    return;
  }
  dialog.showModal();
  dialog.querySelector("[autofocus]")?.focus();
}

/** The link's own words, without the key that stands beside them. */
function titleOf(link) {
  const words = link.cloneNode(true);
  words.querySelector(".hint")?.remove();
  return words.textContent.trim();
}

function isDirty(dialog) {
  return [...dialog.querySelectorAll("input:not([type=hidden]), textarea")].some((field) =>
    field.type === "checkbox" ? field.checked : field.value !== field.defaultValue,
  );
}

function forget() {
  const dialog = document.getElementById("dialog");
  document.getElementById("dialog-body").replaceChildren();
  delete dialog.dataset.href;
  dialog.close();
}

function finish(planned) {
  const dialog = document.getElementById("dialog");
  if (!dialog.open) {
    location.assign(planned.url);
    return;
  }
  forget();
  toast(planned.message, "ok", { href: planned.url, word: "Open" });
  document.body.dispatchEvent(new CustomEvent("covibe:changed"));
}

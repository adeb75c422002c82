// What was just done can be taken back. After a form the page comes with the offer in it, as a form; after a change
// without a new page the offer is made here and does the same.
import { send } from "./send.js";
import { leaveAfter, toast } from "./toast.js";

const STAYS_MS = 10_000;

export function watchUndo() {
  const offer = document.querySelector("[data-undo]");
  if (offer) {
    // A screen reader tells what comes into a region, not what stood in it from the start.
    offer.remove();
    document.getElementById("toasts").append(offer);
    leaveAfter(offer, STAYS_MS);
  }
  document.body.addEventListener("covibe:undoable", (event) => show(event.detail));
}

function show(undo) {
  document.querySelector("[data-undo]")?.remove();
  const box = toast(undo.said, "ok", null, STAYS_MS);
  box.dataset.undo = "";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-plain button-small";
  button.dataset.key = "z";
  button.textContent = "Undo";
  button.append(hint("Z"));
  button.addEventListener("click", async () => {
    box.remove();
    await send(undo.address, undo.fields.map((field) => [field.name, field.value]));
    document.body.dispatchEvent(new CustomEvent("covibe:changed"));
  });
  box.append(button);
}

function hint(key) {
  const word = document.createElement("span");
  word.className = "hint";
  word.setAttribute("aria-hidden", "true");
  word.append(Object.assign(document.createElement("kbd"), { textContent: key }));
  return word;
}

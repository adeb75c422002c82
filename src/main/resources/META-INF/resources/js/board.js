// Cards move by dragging. The keyboard's way is the status menu of each card (key s), which asks for the same change.
import { move } from "./menu.js";

let moving = null;

export function watchBoard() {
  document.addEventListener("dragstart", (event) => {
    moving = event.target.closest?.(".card");
    if (moving) {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", moving.dataset.task);
      requestAnimationFrame(() => moving?.classList.add("is-moving"));
      mark(true);
    }
  });
  document.addEventListener("dragend", () => {
    moving?.classList.remove("is-moving");
    moving = null;
    mark(false);
  });
  document.addEventListener("dragover", (event) => {
    const target = accepts(event);
    for (const cards of document.querySelectorAll(".cards.is-target")) {
      cards.classList.toggle("is-target", cards === target);
    }
    if (target) {
      event.preventDefault();
      target.classList.add("is-target");
    }
  });
  document.addEventListener("drop", (event) => {
    const target = accepts(event);
    if (target) {
      event.preventDefault();
      const card = moving;
      target.classList.remove("is-target");
      target.prepend(card);
      move(card.dataset.task, target.dataset.status);
    }
  });
}

function accepts(event) {
  const column = event.target.closest?.(".board-column")?.querySelector(".cards");
  return moving && column && mayEnter(column) ? column : null;
}

function mayEnter(cards) {
  return moving.dataset.moves.split(" ").includes(cards.dataset.status);
}

function mark(on) {
  for (const cards of document.querySelectorAll(".cards")) {
    cards.classList.toggle("is-refusing", on && cards !== moving.parentElement && !mayEnter(cards));
  }
}

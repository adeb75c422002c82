// Menus close when one looks elsewhere. The status of a row or card opens as a menu beside it; without this script
// it is a link to the task, which has the same choices.
import { send } from "./send.js";
import { icon } from "./toast.js";

export const WORDS = {
  backlog: "Backlog",
  planned: "Planned",
  in_progress: "In progress",
  in_review: "In review",
  done: "Done",
  cancelled: "Cancelled",
};

export function watchMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    }
    const opener = event.target.closest("[data-status-menu]");
    if (opener && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      openStatusMenu(opener);
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.("details.menu[open], .dialog-menu");
    if (!menu) {
      return;
    }
    if (event.key === "Escape" && menu.matches("details")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      walk(menu, event.key === "ArrowDown" ? 1 : -1);
    }
  });
}

function walk(menu, by) {
  const items = [...menu.querySelectorAll(".menu-item")].filter((item) => item.offsetParent);
  const at = items.indexOf(document.activeElement);
  items[(at + by + items.length) % items.length]?.focus();
}

function openStatusMenu(opener) {
  const task = opener.closest("[data-task]");
  const dialog = document.createElement("dialog");
  dialog.className = "dialog dialog-menu";
  dialog.setAttribute("aria-label", `Status of ${task.dataset.task}`);
  const head = document.createElement("p");
  head.className = "menu-head";
  head.textContent = task.dataset.moves ? `Move ${task.dataset.task} to` : "Nothing follows this status";
  dialog.append(head);
  for (const status of task.dataset.moves.split(" ").filter(Boolean)) {
    dialog.append(item(task, status, dialog));
  }
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener.focus();
  });
  dialog.showModal();
  place(dialog, opener.getBoundingClientRect());
}

function item(task, status, dialog) {
  const button = document.createElement("button");
  button.className = "menu-item";
  const mark = icon(`s-${status}`);
  mark.setAttribute("class", `status-mark s-${status}`);
  const word = document.createElement("span");
  word.textContent = WORDS[status];
  button.append(mark, word);
  button.addEventListener("click", () => {
    dialog.close();
    move(task.dataset.task, status);
  });
  return button;
}

function place(dialog, beside) {
  const below = beside.bottom + 4 + dialog.offsetHeight < innerHeight;
  dialog.style.top = `${Math.max(8, below ? beside.bottom + 4 : beside.top - 4 - dialog.offsetHeight)}px`;
  dialog.style.left = `${Math.max(8, Math.min(beside.left - 4, innerWidth - dialog.offsetWidth - 8))}px`;
}

/** Changes a task's status and lets the page read itself again, whatever the answer was. */
export async function move(key, status) {
  await send(`/workstreams/tasks/${encodeURIComponent(key)}/status`, { status });
  document.body.dispatchEvent(new CustomEvent("covibe:changed"));
}

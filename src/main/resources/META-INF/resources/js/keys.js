// Keys for everything: "g" and a letter for pages, letters for actions, j and k through lists.
import { changeRail } from "./appearance.js";

const CHORD_MS = 1200;
let chordUntil = 0;

export function watchKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
      return;
    }
    if (event.key === "Escape") {
      leaveSearch(event);
      return;
    }
    if (isTyping(event.target) || document.querySelector("dialog[open]")) {
      return;
    }
    if (press(event.key)) {
      event.preventDefault();
    }
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) {
      document.getElementById(opener.dataset.open).showModal();
    }
  });
}

function press(key) {
  if (Date.now() < chordUntil) {
    chordUntil = 0;
    const page = document.querySelector(`[data-page-key="${CSS.escape(key)}"]`);
    page?.click();
    return Boolean(page);
  }
  switch (key) {
    case "g":
      chordUntil = Date.now() + CHORD_MS;
      return true;
    case "j":
      return step(1);
    case "k":
      return step(-1);
    case "s":
      return changeStatus();
    case "[":
      changeRail();
      return true;
    case "/":
      return focusSearch();
    case "?":
      document.getElementById("keys").showModal();
      return true;
    default: {
      const action = key.length === 1 && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
      action?.click?.();
      return Boolean(action);
    }
  }
}

function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent);
  const at = rows.indexOf(document.activeElement?.closest("[data-live-key]")?.querySelector("[data-row]"));
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return rows.length > 0;
}

function changeStatus() {
  const row = document.activeElement?.closest("[data-task]");
  row?.querySelector("[data-status-menu]")?.click();
  return Boolean(row);
}

function focusSearch() {
  const field = document.querySelector("[data-search]");
  if (!field) {
    document.querySelector("[data-search-page]")?.click();
    return true;
  }
  field.focus();
  field.select();
  return true;
}

function leaveSearch(event) {
  if (event.target.matches?.("[data-search]")) {
    event.target.blur();
  }
}

function isTyping(target) {
  return target.matches?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
}

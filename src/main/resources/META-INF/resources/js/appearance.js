// Theme and rail change at once here; the server remembers them in cookies that no script can read.
import { send } from "./send.js";

const NEXT = { system: "light", light: "dark", dark: "system" };

export function watchAppearance() {
  document.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-theme-toggle]");
    if (toggle) {
      event.preventDefault();
      changeTheme(toggle);
    }
    if (event.target.closest("[data-rail-toggle]")) {
      changeRail();
    }
  });
}

function changeTheme(toggle) {
  const root = document.documentElement;
  const next = NEXT[root.dataset.theme || "system"];
  if (next === "system") {
    delete root.dataset.theme;
  } else {
    root.dataset.theme = next;
  }
  toggle.title = `Theme: ${next}`;
  send("/settings/appearance", { theme: next });
}

export function changeRail() {
  const root = document.documentElement;
  const narrow = root.dataset.rail !== "icons";
  if (narrow) {
    root.dataset.rail = "icons";
  } else {
    delete root.dataset.rail;
  }
  send("/settings/appearance", { rail: narrow ? "icons" : "wide" });
}

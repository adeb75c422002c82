// In the git graph a click shows what stands at a row beside the tree, without reading the tree again. This marks the row
// that is shown, wherever the tree has been swapped meanwhile, and lets Escape put it away.
export function watchGraph() {
  document.body.addEventListener("htmx:afterSettle", mark);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open], details[open]")) {
      document.querySelector("[data-chosen] [data-close-chosen]")?.click();
    }
  });
}

function mark(event) {
  const beside = document.querySelector("[data-chosen]");
  if (!beside) {
    return;
  }
  for (const row of document.querySelectorAll("[data-graph-row]")) {
    const link = row.querySelector("[data-row]");
    if (row.dataset.graphRow === beside.dataset.chosen) {
      link?.setAttribute("aria-current", "true");
      if (event.target === beside) {
        row.scrollIntoView({ block: "nearest" });
      }
    } else {
      link?.removeAttribute("aria-current");
    }
  }
}

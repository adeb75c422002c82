// The swap style "merge" for live regions. A reader who is in the middle of a list is not disturbed: rows that changed
// change where they stand and are marked for a moment, new ones wait behind "4 new". Otherwise the region is replaced.
const MARK_MS = 2400;
const pending = new Map();

window.htmx?.defineExtension("merge", {
  isInlineSwap: (style) => style === "merge",
  handleSwap(style, target, fragment) {
    if (style !== "merge") {
      return false;
    }
    const fresh = fragment.firstElementChild;
    if (!fresh) {
      return [];
    }
    return isRead(target) ? change(target, fresh) : replace(target, fresh);
  },
});

function isRead(region) {
  if (region.contains(document.activeElement) || region.querySelector("details[open], .is-moving")) {
    return true;
  }
  return region.querySelector("[data-list]") && region.getBoundingClientRect().top < -40;
}

/** The region itself stays: the answer to a click that is on its way may be meant for it. */
function replace(region, fresh) {
  pending.delete(region.id);
  const before = versions(region);
  for (const name of region.getAttributeNames().filter((name) => !fresh.hasAttribute(name))) {
    region.removeAttribute(name);
  }
  for (const name of fresh.getAttributeNames()) {
    region.setAttribute(name, fresh.getAttribute(name));
  }
  region.replaceChildren(...fresh.childNodes);
  for (const [key, node] of keyed(region)) {
    if (before.size > 0 && before.get(key) !== node.dataset.liveVersion) {
      mark(node);
    }
  }
  return [region];
}

function change(region, fresh) {
  const present = keyed(region);
  const coming = keyed(fresh.cloneNode(true));
  const made = [];
  let added = 0;
  for (const [key, node] of coming) {
    const old = present.get(key);
    if (!old) {
      added += node.matches("li") ? 1 : 0;
    } else if (old.dataset.liveVersion !== node.dataset.liveVersion) {
      const focused = old.contains(document.activeElement) ? selectorOf(document.activeElement) : null;
      old.replaceWith(node);
      mark(node);
      made.push(node);
      if (focused) {
        node.querySelector(focused)?.focus();
      }
    }
  }
  for (const [key, node] of present) {
    node.classList.toggle("is-over", node.classList.contains("is-over") || (node.matches("li") && !coming.has(key)));
  }
  pending.set(region.id, fresh);
  offer(region, added);
  return made;
}

function selectorOf(element) {
  return element.matches("[data-status-menu]") ? "[data-status-menu]" : "[data-row]";
}

function offer(region, added) {
  region.querySelector(".waiting")?.remove();
  if (added === 0) {
    return;
  }
  const line = document.createElement("div");
  line.className = "waiting";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = `${added} new`;
  button.addEventListener("click", () => show(region));
  line.append(button);
  region.prepend(line);
}

function show(region) {
  const fresh = pending.get(region.id);
  if (fresh) {
    if (region.contains(document.activeElement)) {
      document.activeElement.blur();
    }
    replace(region, fresh);
    window.htmx.process(region);
  }
}

// What waited comes in by itself once the reader has left the list.
document.addEventListener("focusout", () => setTimeout(settle, 200));
document.addEventListener("scrollend", settle);

function settle() {
  for (const id of [...pending.keys()]) {
    const region = document.getElementById(id);
    if (region && !isRead(region)) {
      show(region);
    }
  }
}

function keyed(root) {
  return new Map([...root.querySelectorAll("[data-live-key]")].map((node) => [node.dataset.liveKey, node]));
}

function versions(root) {
  return new Map([...keyed(root)].map(([key, node]) => [key, node.dataset.liveVersion]));
}

function mark(node) {
  node.classList.add("is-changed");
  setTimeout(() => node.classList.remove("is-changed"), MARK_MS);
}

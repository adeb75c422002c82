// A short word about what just happened, with a way to it where there is one.
const STAYS_MS = 6000;
const SHEET = new URL("../icons.svg", import.meta.url).pathname;

export function toast(text, kind = "ok", link = null, staysMs = STAYS_MS) {
  const box = document.createElement("div");
  box.className = `toast toast-${kind}`;
  box.append(icon(kind === "bad" ? "alert" : "check"));
  const words = document.createElement("span");
  words.textContent = text;
  box.append(words);
  if (link) {
    const anchor = document.createElement("a");
    anchor.className = "button button-plain button-small";
    anchor.href = link.href;
    anchor.textContent = link.word;
    box.append(anchor);
  }
  document.getElementById("toasts").append(box);
  leaveAfter(box, staysMs);
  return box;
}

/** It goes by itself, but not while somebody points at it or is in it. */
export function leaveAfter(box, ms) {
  let timer = setTimeout(() => box.remove(), ms);
  const stay = () => clearTimeout(timer);
  const leave = () => {
    stay();
    timer = setTimeout(() => box.remove(), ms);
  };
  box.addEventListener("pointerenter", stay);
  box.addEventListener("focusin", stay);
  box.addEventListener("pointerleave", leave);
  box.addEventListener("focusout", leave);
}

export function icon(name) {
  const namespace = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(namespace, "svg");
  const use = document.createElementNS(namespace, "use");
  drawing.setAttribute("class", `icon icon-${name}`);
  drawing.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${SHEET}#${name}`);
  drawing.append(use);
  return drawing;
}

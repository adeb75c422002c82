// Where sections stand in a line that scrolls sideways, the one that is open is brought into view.
const LINES = ".settings-index, .tabs, .rail";

export function showOpenSections() {
  for (const line of document.querySelectorAll(LINES)) {
    const open = line.querySelector('[aria-current="page"]');
    if (open && line.scrollWidth > line.clientWidth) {
      line.scrollLeft = open.offsetLeft - line.offsetLeft - (line.clientWidth - open.offsetWidth) / 2;
    }
  }
}

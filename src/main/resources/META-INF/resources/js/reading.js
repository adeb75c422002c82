// In the documentation: "/" goes to the search, and the list of what is on the page shows where the reader is.
const TOP = 96;

export function watchReading() {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    const field = [...document.querySelectorAll("[data-search]")].find((input) => input.offsetParent);
    if (event.key === "/" && field && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });
  const links = [...document.querySelectorAll("[data-toc]")];
  if (links.length > 0) {
    const marks = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    let waiting = false;
    const show = () => {
      waiting = false;
      const here = marks.findLastIndex((mark) => mark && mark.getBoundingClientRect().top < TOP);
      links.forEach((link, index) => link.classList.toggle("is-here", index === here));
    };
    addEventListener("scroll", () => {
      if (!waiting) {
        waiting = true;
        requestAnimationFrame(show);
      }
    }, { passive: true });
    show();
  }
}

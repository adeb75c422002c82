// The address holds only the filters that are set, and the chips show which those are.
export function watchFilters() {
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (!event.target.matches?.("form.filters")) {
      return;
    }
    for (const [name, value] of [...event.detail.formData.entries()]) {
      if (value === "" || (name === "view" && value === "list")) {
        event.detail.formData.delete(name);
      }
    }
    mark(event.target);
  });
}

function mark(form) {
  let set = Boolean(form.elements.q?.value.trim());
  for (const chip of form.querySelectorAll(".select-chip")) {
    const chosen = chip.querySelector("select").value !== "";
    chip.classList.toggle("is-set", chosen);
    set ||= chosen;
  }
  form.querySelector("[data-clear]").hidden = !set;
}

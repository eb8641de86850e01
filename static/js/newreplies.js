// What asks by itself (data-quiet) is silent: not while nobody looks at the page, and never with focus, notices or scrolling.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt.matches("[data-quiet]") && document.visibilityState === "hidden") event.preventDefault();
});

// What a page asks by itself (data-quiet) waits while nobody looks at the page. Texts somebody asked for get the focus.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt.matches("[data-quiet]") && document.visibilityState === "hidden") event.preventDefault();
});
document.addEventListener("htmx:load", (event) => {
  const text = event.detail.elt;
  if (!text.matches("[data-arrived]")) return;
  text.tabIndex = -1;
  text.focus({ preventScroll: true });
});

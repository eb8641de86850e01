// <markdown-toolbar data-module="…">: what the buttons above a text need is fetched when the text comes near the window.
const near = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    import(target.querySelector("[data-module]").dataset.module);
  }
}, { rootMargin: "200px" });

function watch(part) {
  for (const toolbar of part.querySelectorAll("markdown-toolbar[data-module]")) near.observe(toolbar.parentElement);
}

watch(document);
document.addEventListener("htmx:load", (event) => watch(event.target));

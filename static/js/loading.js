// A part that is being fetched says so after a second; a failure is said, and everything typed stays.
const waiting = new WeakMap();

document.addEventListener("htmx:beforeRequest", (event) => {
  const part = event.detail.target;
  if (event.detail.elt.matches("[data-quiet]")) return;
  part.setAttribute("aria-busy", "true");
  waiting.set(part, setTimeout(() => { part.dataset.wait = document.body.dataset.loading; }, 1000));
});
document.addEventListener("htmx:afterRequest", (event) => {
  const part = event.detail.target;
  clearTimeout(waiting.get(part));
  part.removeAttribute("aria-busy");
  delete part.dataset.wait;
});
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout", "htmx:swapError", "libri:failed"]) { // the last: uploading.js
  document.addEventListener(failure, (event) => {
    if (event.detail?.requestConfig?.elt.matches("[data-quiet]")) return;
    const messages = document.getElementById("messages");
    const notice = document.createElement("p");
    notice.className = "notice notice--error";
    notice.textContent = messages.dataset.failure;
    messages.replaceChildren(notice);
    messages.scrollIntoView({ block: "nearest" });
  });
}
// What a page asks by itself (data-quiet) has nothing to say, so it leaves standing what was said before.
let isQuiet = false;
document.addEventListener("htmx:beforeSwap", ({ detail }) => { isQuiet = detail.requestConfig.elt.matches("[data-quiet]"); });
document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  if (isQuiet && detail.target.id === "messages" && !detail.fragment.textContent.trim()) detail.shouldSwap = false;
});

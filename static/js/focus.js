// After a part of the page has been replaced, focus is never lost and what happened is read out.
// Mistakes in a form come first; else the same control (htmx finds it by id); else the neighbour of what went;
// else the new part. [data-announce] in the new part is said aloud.
const settled = 50; // ms; htmx settles after 20
let neighbours = [];
const present = (element) => (element?.isConnected ? element : element?.id && document.getElementById(element.id));

document.addEventListener("htmx:beforeSwap", () => {
  const item = document.activeElement?.closest("li, tr, article");
  neighbours = item ? [item.nextElementSibling, item.previousElementSibling] : [];
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { requestConfig, target, xhr } = event.detail;
  if (xhr.status) setTimeout(() => look(present(target), requestConfig.elt.matches("[data-quiet]")), settled);
});

function look(part, quietly) {
  const said = part && part.querySelector("[data-announce]");
  if (said) document.getElementById("announcement").textContent = said.textContent;
  if (quietly) return;
  const mistakes = part && part.querySelector(".error-summary");
  if (mistakes && !document.title.startsWith(mistakes.dataset.title)) {
    document.title = `${mistakes.dataset.title} ${document.title}`;
  }
  if (!mistakes && document.activeElement && document.activeElement !== document.body) return;
  const next = neighbours.map(present).find(Boolean);
  const inside = next && (next.querySelector("a[href], button, summary, input:not([type=hidden])") || next);
  const goal = mistakes || inside || (part && (part.querySelector("h1, h2, h3") || part)) || document.getElementById("main");
  if (!goal.matches("a[href], button, summary, input, textarea, select")) goal.tabIndex = -1;
  goal.focus();
}

// A page that arrives with mistakes begins there.
document.querySelector(".error-summary[data-focus]")?.focus();

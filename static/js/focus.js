// After a part of the page has been replaced, focus is never lost and what happened is read out.
// Mistakes in a form come first; else the same control (htmx finds it by id); else the neighbour of what went;
// else the new part. [data-announce] in the new part is said aloud.
let neighbours = [];

document.addEventListener("htmx:beforeSwap", () => {
  const item = document.activeElement?.closest("li, tr, article, [data-item]");
  neighbours = item ? [item.nextElementSibling, item.previousElementSibling] : [];
});
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  const said = part.querySelector("[data-announce]");
  if (said) document.getElementById("announcement").textContent = said.textContent;
  const mistakes = part.querySelector(".error-summary");
  if (mistakes) {
    const word = mistakes.dataset.title;
    if (!document.title.startsWith(word)) document.title = `${word} ${document.title}`;
  }
  const lost = !document.activeElement || document.activeElement === document.body;
  if (!mistakes && !lost) return;
  const next = neighbours.find((element) => element?.isConnected);
  const inside = next && (next.querySelector("a[href], button, summary, input:not([type=hidden])") || next);
  const goal = mistakes || inside || (part.isConnected && (part.querySelector("h1, h2, h3") || part)) || document.getElementById("main");
  if (!goal.matches("a[href], button, summary, input, textarea, select")) goal.tabIndex = -1;
  goal.focus();
});
// A page that arrives with mistakes begins there.
document.querySelector(".error-summary[data-focus]")?.focus();

// Under the box of the search the best results are offered while one types: arrow keys choose, Enter goes there, Esc closes.
const parts = (node) => {
  const whole = node.closest?.("[data-suggest]");
  return whole && { box: whole.querySelector("input"), panel: whole.querySelector(".suggest__panel") };
};
const options = (panel) => [...panel.querySelectorAll("[role=option]")];
const chosen = (panel) => panel.querySelector("[aria-selected=true]");

function say(box, panel) {
  const list = panel.querySelector("[role=listbox]");
  box.setAttribute("aria-expanded", String(Boolean(list)));
  if (list) box.setAttribute("aria-controls", list.id);
  else for (const name of ["aria-controls", "aria-activedescendant"]) box.removeAttribute(name);
}

function close({ box, panel }) {
  window.htmx?.trigger(box, "htmx:abort");
  panel.replaceChildren();
  say(box, panel);
}

function choose({ box, panel }, option) {
  for (const one of options(panel)) one.setAttribute("aria-selected", String(one === option));
  box.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

document.addEventListener("focusin", ({ target }) => {
  const here = target.matches("[data-suggest] input") && parts(target);
  if (!here || target.role === "combobox") return;
  target.setAttribute("role", "combobox");
  target.setAttribute("aria-autocomplete", "list");
  say(here.box, here.panel);
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const here = parts(detail.target);
  if (!here) return;
  if (document.activeElement === here.box) say(here.box, here.panel);
  else close(here);
});
document.addEventListener("keydown", (event) => {
  const here = !event.isComposing && event.target.matches("[data-suggest] input") && parts(event.target);
  const all = here ? options(here.panel) : [];
  if (!all.length) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const now = chosen(here.panel);
  if (step) choose(here, all[now ? (all.indexOf(now) + step + all.length) % all.length : step > 0 ? 0 : all.length - 1]);
  else if (event.key === "Enter" && now) location.assign(now.dataset.href);
  else if (event.key === "Escape") close(here);
  else return;
  event.preventDefault();
});
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest?.("[data-suggest] [role=option]");
  if (!option || event.button) return;
  event.preventDefault();
  location.assign(option.dataset.href);
});
for (const kind of ["focusout", "submit"]) {
  document.addEventListener(kind, ({ target }) => {
    const whole = target.matches("[data-suggest] input") ? target : target.querySelector?.("[data-suggest] input");
    if (whole && (kind === "submit" || target === whole)) close(parts(whole));
  });
}

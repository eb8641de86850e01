// After an @ in a text, names of members are offered; arrow keys choose, Enter or Tab takes, Esc closes.
const asked = /(?:^|[\s(>])@([\p{L}\p{M}'’.-]+(?: [\p{L}\p{M}'’.-]*)?)$/u;
let list, field, from, timer;

const options = () => [...list.children];
const chosen = () => list?.querySelector("[aria-selected=true]");

function close() {
  list?.remove();
  list = undefined;
  for (const name of ["aria-controls", "aria-activedescendant", "aria-autocomplete"]) field?.removeAttribute(name);
}

function choose(option) {
  for (const one of options()) one.setAttribute("aria-selected", String(one === option));
  field.setAttribute("aria-activedescendant", option.id);
}

function take(option) {
  field.setRangeText(`${option.dataset.text} `, from, field.selectionStart, "end");
  close();
  field.focus();
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

function open(people) {
  close();
  if (!people.length) return;
  list = document.createElement("ul");
  Object.assign(list, { id: "names", className: "editor__names", role: "listbox", ariaLabel: field.dataset.mentionsLabel });
  people.forEach((person, index) => {
    const option = document.createElement("li");
    const name = document.createElement("bdi");
    name.textContent = person.name;
    Object.assign(option, { id: `name-${index}`, role: "option" });
    option.dataset.text = person.text;
    option.append(name);
    list.append(option);
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take(event.target.closest("li"));
  });
  field.after(list);
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
  choose(list.firstElementChild);
  document.getElementById("announcement").textContent = field.dataset.mentionsSaid;
}

async function look(target, words) {
  const answer = await fetch(`${target.dataset.mentions}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
  if (answer.ok && target === field && document.activeElement === field) open(await answer.json());
}

document.addEventListener("input", (event) => {
  if (!event.target.matches("textarea[data-mentions]")) return;
  field = event.target;
  clearTimeout(timer);
  const found = asked.exec(field.value.slice(Math.max(0, field.selectionStart - 60), field.selectionStart));
  if (!found) return close();
  from = field.selectionStart - found[1].length - 1;
  timer = setTimeout(() => look(field, found[1]).catch(close), 200);
});
document.addEventListener("keydown", (event) => {
  if (!list || event.target !== field || event.isComposing) return;
  const all = options();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
  else if (event.key === "Enter" || event.key === "Tab") take(chosen());
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
});
document.addEventListener("focusout", (event) => { if (list && event.target === field) close(); });

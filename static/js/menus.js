// An open menu closes on Esc, on a click elsewhere, and when focus has left it.
const opened = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of opened()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    for (const menu of opened()) if (!menu.contains(event.target)) menu.open = false;
  });
}

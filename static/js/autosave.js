// A long form marked data-autosave is kept on the server while it is being written: every 20 seconds, and when one leaves.
const changed = new Map();

async function keep(form, leaving) {
  clearTimeout(changed.get(form));
  changed.delete(form);
  const body = new FormData();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  body.set("address", location.pathname);
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body, keepalive: leaving });
    const note = form.querySelector("[data-autosave-note]");
    if (note && answer.ok) note.textContent = form.dataset.autosaveSaid;
  } catch { /* the next change tries again */ }
}

document.addEventListener("input", (event) => {
  const form = event.target.closest && event.target.closest("form[data-autosave]");
  if (form && !changed.has(form)) changed.set(form, setTimeout(() => keep(form, false), 20000));
});
document.addEventListener("submit", (event) => {
  clearTimeout(changed.get(event.target));
  changed.delete(event.target);
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") for (const form of [...changed.keys()]) keep(form, true);
});

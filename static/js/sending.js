// A form is sent once: its button rests until the answer is there, and after a second it says so.
const busy = new Map();

function rest(form, submitter) {
  const button = submitter || form.querySelector("button:not([type=button])");
  if (!button) return busy.set(form, {});
  const label = button.querySelector("span") || button;
  const words = label.textContent;
  button.setAttribute("aria-disabled", "true");
  const timer = setTimeout(() => { label.textContent = document.body.dataset.sending; }, 1000);
  busy.set(form, { button, label, words, timer });
}

function wake(form) {
  const { button, label, words, timer } = busy.get(form) || {};
  busy.delete(form);
  clearTimeout(timer);
  if (!button) return;
  button.removeAttribute("aria-disabled");
  label.textContent = words;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return; // htmx tells us itself, below
  if (busy.has(form)) event.preventDefault();
  else rest(form, event.submitter);
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt.closest("form[method=post]");
  if (!form || event.detail.requestConfig.verb === "get") return; // a field that asks something sends no form
  if (busy.has(form)) event.preventDefault();
  else rest(form, event.detail.requestConfig.triggeringEvent?.submitter);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest("form");
  if (form && event.detail.requestConfig.verb !== "get") wake(form);
});
document.addEventListener("libri:sent", (event) => wake(event.target)); // uploading.js
addEventListener("pageshow", () => [...busy.keys()].forEach(wake));

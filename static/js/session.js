// Five minutes before the session ends it says so, politely, and offers to go on.
let minutes = Number(document.body.dataset.sessionMinutes);
const region = document.getElementById("session-warning");
let timer;

function start() {
  clearTimeout(timer);
  region.replaceChildren();
  timer = setTimeout(warn, Math.max(minutes - 5, 0.1) * 60000);
}

function warn() {
  region.append(document.getElementById("session-warning-text").content.cloneNode(true));
}

if (minutes && region) {
  start();
  document.addEventListener("htmx:afterOnLoad", (event) => {
    if (!event.detail.requestConfig.elt.matches("[data-quiet]")) start(); // every answer has prolonged it but those nobody asked for
  });
  region.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const token = document.querySelector("meta[name=csrf-token]").content;
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { "X-CSRFToken": token, "X-Requested-With": "fetch" } });
      if (!answer.ok) throw answer;
      minutes = (await answer.json()).minutes;
      start();
    } catch {
      form.submit(); // the usual way then: the page that answers says what to do
    }
  });
}

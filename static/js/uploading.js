// A form with a chosen file shows how much of it is sent and can be stopped; the answer is what the plain form would get.
function show(part, loaded, total) {
  const percent = Math.floor((loaded / total) * 100);
  const count = part.querySelector(".progress__count");
  const before = Math.floor(part.querySelector("progress").value / 25);
  part.querySelector("progress").value = percent;
  count.textContent = `${percent} %`;
  if (percent === 100) part.querySelector("label > span").textContent = part.dataset.sent;
  if (Math.floor(percent / 25) > before) document.getElementById("announcement").textContent = count.textContent;
}

function follow(address) {
  const there = new URL(address, location);
  const samePage = there.pathname + there.search === location.pathname + location.search;
  if (samePage) history.replaceState(null, "", there);
  samePage ? location.reload() : location.assign(there);
}

function draw(text) {
  const answer = new DOMParser().parseFromString(text, "text/html");
  const page = answer.querySelector(".page");
  if (!page) return false;
  document.title = answer.title;
  document.querySelector(".page").replaceWith(page);
  htmx.process(page);
  (page.querySelector(".error-summary") || page.querySelector("h1")).focus();
  return true;
}

function end(form, part, isFailure) {
  part.hidden = true;
  form.dispatchEvent(new CustomEvent("libri:sent", { bubbles: true }));
  if (isFailure) form.dispatchEvent(new CustomEvent("libri:failed", { bubbles: true })); // loading.js says it
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const part = form.querySelector("[data-upload]");
  const chosen = [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
  if (event.defaultPrevented || !part || !chosen) return;
  event.preventDefault();
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("HX-Request", "true"); // a redirect comes as a header, so that the next page is loaded once
  request.upload.addEventListener("progress", ({ loaded, total }) => show(part, loaded, total));
  request.addEventListener("load", () => {
    const next = request.getResponseHeader("HX-Redirect");
    if (next) follow(next);
    else end(form, part, !draw(request.responseText));
  });
  request.addEventListener("error", () => end(form, part, true));
  request.addEventListener("abort", () => end(form, part, false));
  part.querySelector("button").onclick = () => request.abort();
  part.querySelector("progress").value = 0;
  part.hidden = false;
  request.send(new FormData(form, event.submitter));
});

// <textarea data-words="120">: keeps the number beside the field as one writes; the server counts again in the same way.
const WORD = /[\p{L}\p{N}_]+(?:[-’'.,][\p{L}\p{N}_]+)*/gu;

function recount(form) {
  const shown = form.querySelector("[data-words-count]");
  if (!shown) return;
  const fields = [...form.querySelectorAll("[data-words]")];
  const limit = Number(shown.dataset.wordsCount);
  const count = fields.reduce((sum, field) => sum + (shown.dataset.wordsUnit === "letters" ? [...field.value].length : (field.value.match(WORD) || []).length), 0);
  shown.textContent = count;
  shown.toggleAttribute("data-over", count > limit);
}

document.addEventListener("input", (event) => {
  if (event.target.matches && event.target.matches("[data-words]")) recount(event.target.form);
});

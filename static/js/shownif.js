// A question marked data-shown-if="q12" data-shown-values="a b" is shown only after such an answer to question 12.
// Without scripts all questions stand there, each with the condition in words; the server keeps the rule in both cases.
function look(form) {
  for (const part of form.querySelectorAll("[data-shown-if]")) {
    const asked = [...form.elements].filter((field) => field.name === part.dataset.shownIf && !field.closest("[data-shown-if][hidden]"));
    const given = asked.filter((field) => field.checked || (field.type !== "radio" && field.type !== "checkbox")).map((field) => field.value);
    part.hidden = !part.dataset.shownValues.split(" ").some((value) => given.includes(value));
  }
}

const lookAll = () => document.querySelectorAll("form:has([data-shown-if])").forEach(look);
document.addEventListener("input", (event) => {
  if (event.target.form?.querySelector("[data-shown-if]")) look(event.target.form);
});
document.addEventListener("htmx:afterSettle", lookAll);
lookAll();

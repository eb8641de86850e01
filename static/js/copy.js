// <button data-copy="text" data-copied="Copied">: puts the text on the clipboard and says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  document.getElementById("announcement").textContent = button.dataset.copied;
  const label = button.querySelector("span");
  const words = label.textContent;
  label.textContent = button.dataset.copied;
  setTimeout(() => { label.textContent = words; }, 2000);
});

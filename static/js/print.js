// <button data-print>: prints this page.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});

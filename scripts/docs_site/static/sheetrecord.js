/** What scrolls sideways can be reached by the keyboard. */
addEventListener("DOMContentLoaded", () => {
  for (const one of document.querySelectorAll(".table-wrapper, .highlight pre")) {
    one.tabIndex = 0;
  }
});

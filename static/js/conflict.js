/* The page that asks which of two texts stays: whoever types an own text means it, and leaving before it is stored warns. */
"use strict";
{
  const form = document.querySelector("form.conflicts");
  // A page that came back holds what was chosen and written, and nothing of it is stored yet.
  let unsaved = "cameBack" in form.dataset;
  form.addEventListener("input", ({ target }) => {
    unsaved = true;
    if (!target.matches("textarea")) return;
    target.closest("fieldset").querySelector('input[type="radio"][value="text"]').checked = true;
  });
  form.addEventListener("submit", () => { unsaved = false; });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
}

/* Opens the form again by itself after a login; without scripts the button does. It only shows the form and saves nothing.
   Not when somebody comes back here by the browser's button: they want to leave the form. */
if (performance.getEntriesByType("navigation")[0]?.type !== "back_forward") {
  document.getElementById("kept-form").requestSubmit();
}

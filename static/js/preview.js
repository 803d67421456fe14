// Shows the form as a reader would see it, in a pane beside it, and again a moment after each change.
// Without this script the button "Preview in a new tab" does the same.
(() => {
  const pane = document.querySelector("#preview-pane");
  const form = pane && document.querySelector("#content-main form[method=post][id]");
  if (!form) return;
  const frame = pane.querySelector("iframe");
  const openers = document.querySelectorAll("[data-preview-beside]");
  let waiting = 0;
  let scrolled = 0;

  const show = () => {
    try { scrolled = frame.contentWindow.scrollY || scrolled; } catch { scrolled = 0; }
    // As attributes: an article has a field "action", which hides the form's property of that name, and then this would save.
    const where = { action: pane.dataset.address, target: "preview-pane" };
    const before = Object.keys(where).map((name) => [name, form.getAttribute(name)]);
    for (const [name, value] of Object.entries(where)) form.setAttribute(name, value);
    // Not requestSubmit(): the page's own handlers of a save must not run.
    HTMLFormElement.prototype.submit.call(form);
    for (const [name, value] of before) {
      if (value === null) form.removeAttribute(name); else form.setAttribute(name, value);
    }
  };
  const later = () => {
    if (pane.hidden) return;
    clearTimeout(waiting);
    waiting = setTimeout(show, 900);
  };
  const toggle = (open) => {
    pane.hidden = !open;
    document.body.classList.toggle("has-preview", open);
    for (const button of openers) button.setAttribute("aria-expanded", String(open));
    if (open) show();
  };

  for (const button of openers) {
    button.hidden = false;
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", "preview-pane");
    button.addEventListener("click", () => toggle(pane.hidden));
  }
  const close = () => {
    toggle(false);
    openers[0].focus();
  };
  pane.querySelector("[data-close]").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !pane.hidden && !event.defaultPrevented) close();
  });
  for (const button of pane.querySelectorAll("[data-width]")) {
    button.addEventListener("click", () => { pane.dataset.width = button.dataset.width; });
  }
  frame.addEventListener("load", () => {
    try { frame.contentWindow.scrollTo(0, scrolled); } catch { /* a page that may not be framed */ }
  });
  form.addEventListener("input", later);
  form.addEventListener("change", later);
})();

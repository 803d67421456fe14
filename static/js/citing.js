/* Choosing a source to cite: a box to search in and a list of the page's references as they stand in the unsaved form.

   window.openCitations(area, { cite, typed }): cite(key) puts the citation in; typed(words) is told what was typed instead. */
{
  const KEY_LENGTH = 60;
  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    made.append(...children);
    return made;
  };

  const box = element("input", {
    type: "text", role: "combobox", "aria-label": "Find a reference", "aria-expanded": "true", "aria-controls": "cite-list",
    "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", placeholder: "Find a reference",
  });
  const list = element("ul", { id: "cite-list", role: "listbox", "aria-label": "References" });
  const status = element("p", { role: "status", class: "help" });
  const picker = element("div", { class: "cite-picker" }, box, list, status);
  let shown = [], active = 0, target = null;

  /* The rows of the form; on the page of a comparison table, the references that its article was saved with. */
  function references() {
    const keys = [...document.querySelectorAll("input[data-reference-key]")].filter((input) => !input.name.includes("__prefix__"));
    const rows = keys.map((input) => {
      const row = input.closest("tr, .inline-related");
      const [, name, slug] = /^(.*) \[([a-z0-9-]+)\]$/s.exec(row.querySelector("select")?.selectedOptions[0]?.text.trim() ?? "") ?? [];
      const gone = row.querySelector("[name$='-DELETE']")?.checked;
      return { input, key: input.value, name, slug, gone };
    });
    const saved = [...document.querySelectorAll("#reference-keys option")].map((option) => ({ key: option.value, name: option.text }));
    return [...rows.filter((row) => row.name && !row.gone), ...saved];
  }

  /* The key that the server would make (new_key in models/documents.py), entered now so that the text can name it. */
  function keyOf(reference) {
    if (reference.key) return reference.key;
    const taken = new Set([...document.querySelectorAll("input[data-reference-key]")].map((input) => input.value));
    let stem = reference.slug;
    if (stem.length > KEY_LENGTH) stem = stem.slice(0, KEY_LENGTH).replace(/-[^-]*$/, "");
    let key = stem;
    for (let number = 2; taken.has(key); number += 1) {
      const ending = `-${number}`;
      key = stem.slice(0, KEY_LENGTH - ending.length).replace(/-+$/, "") + ending;
    }
    reference.input.value = key;
    reference.input.dispatchEvent(new Event("input", { bubbles: true }));
    reference.input.dispatchEvent(new Event("change", { bubbles: true }));
    return key;
  }

  function draw() {
    const wanted = box.value.toLowerCase().split(/\s+/);
    const all = references();
    shown = all.map((reference, at) => ({ ...reference, number: at + 1 }))
      .filter(({ name, key, slug }) => wanted.every((word) => `${name} ${key} ${slug ?? ""}`.toLowerCase().includes(word)));
    list.replaceChildren(...shown.map(({ number, name, key, slug }, at) => {
      const option = element("li", { id: `cite-${at}`, role: "option" }, `${number}. ${name} `, element("span", {}, key || slug));
      option.addEventListener("click", () => choose(at));
      return option;
    }));
    list.hidden = !shown.length;
    if (all.length) status.textContent = `${shown.length} of ${all.length} references. Enter puts one in, Escape closes.`;
    else if (document.getElementById("references-group"))
      status.replaceChildren("This page has no references yet. ", element("a", { href: "#references-group" }, "Add them under “References” first."));
    else status.textContent = "The article has no references yet. Add them on the article's page first.";
    move(0);
  }

  function move(to) {
    active = Math.max(0, Math.min(to, shown.length - 1));
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    if (shown.length) box.setAttribute("aria-activedescendant", `cite-${active}`);
    else box.removeAttribute("aria-activedescendant");
    // Only the list scrolls, never the page.
    const option = list.children[active];
    if (option) list.scrollTop = Math.min(option.offsetTop, Math.max(list.scrollTop, option.offsetTop + option.offsetHeight - list.clientHeight));
  }

  function close() {
    const { cite, typed } = target;
    target = null;
    picker.remove();
    return { cite, typed };
  }

  function choose(at) {
    const key = keyOf(shown[at]);
    close().cite(key);
  }

  box.addEventListener("input", () => {
    if (!box.value.endsWith("]")) return draw();
    const words = box.value; // somebody who knows the key typed it to its end
    close().typed(words);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 };
    if (event.key in steps) move(active + steps[event.key]);
    else if (event.key === "Enter") { if (shown.length) choose(active); }
    else if (event.key === "Escape") { const words = box.value; close().typed(words); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  picker.addEventListener("focusout", (event) => { if (target && !picker.contains(event.relatedTarget)) close(); });

  window.openCitations = (area, { cite, typed }) => {
    target = { cite, typed };
    box.value = "";
    area.before(picker);
    draw();
    box.focus();
  };
}

/* What a form of Django's admin holds now, and what it held as it came; for drafts.js. Compared are the values that the page was
   made with, not those that the browser may have put back after a reload. */
"use strict";
function formFields(form) {
  const ROW = ".inline-related[id], tr.form-row[id]";
  const plain = (text) => text.replace(/\r\n?/g, "\n").trim();
  /* A choice is what was chosen, whatever it is called by now. */
  const meant = (value) => (Array.isArray(value) ? value.map(([chosen]) => chosen).sort().join() : words(value));
  const same = (one, other) => meant(one) === meant(other);
  const words = (value) => {
    if (typeof value === "boolean") return value ? "yes" : "no";
    return Array.isArray(value) ? value.map(([, text]) => text.trim()).join("\n") : plain(value);
  };
  const chosen = (options) => [...options].filter((option) => option.value).map((option) => [option.value, option.text]);
  const now = (control) => {
    if (control.type === "checkbox") return control.checked;
    return control.options ? chosen(control.selectedOptions) : control.value;
  };
  /* What a list came with is read as it comes: the options that a search or the green plus adds later look as if they had been
     there. A list that one searches comes without a blank option, so its first one says nothing. */
  const came = new WeakMap();
  const asItCame = (select) => {
    const marked = [...select.options].filter((option) => option.defaultSelected);
    const hasDefault = !select.multiple && !select.matches(".admin-autocomplete");
    return chosen(marked.length || !hasDefault ? marked : [...select.options].slice(0, 1));
  };
  const remember = (place) => place.querySelectorAll("select").forEach((select) => came.set(select, asItCame(select)));
  remember(form);
  document.addEventListener("formset:added", (event) => remember(event.target));
  const atFirst = (control) => {
    if (control.type === "checkbox") return control.defaultChecked;
    return control.options ? came.get(control) ?? [] : control.defaultValue;
  };
  const labelOf = (control, row, field) => {
    const cell = row?.matches("tr") && row.closest("table").querySelector(`th.column-${field}`);
    const label = cell || (control.id && form.querySelector(`label[for="${control.id}"]`));
    if (field === "DELETE") return "Delete this row";
    return label ? label.textContent.trim().replace(/:$/, "") : field;
  };
  const group = (prefix) => document.getElementById(`${prefix}-group`);
  const rowName = (row, prefix) => {
    const noun = JSON.parse(group(prefix).dataset.inlineFormset).options.addText.replace(/^Add another /, "");
    const title = [...row.querySelectorAll('input[type="text"]:not(.key), textarea, select')].map((one) => words(now(one))).find(Boolean);
    return row.classList.contains("has_original") && title ? `${noun} “${title.slice(0, 60)}”` : `New ${noun.toLowerCase()}`;
  };
  const FIXED = ["hidden", "password", "file", "submit", "button", "reset", "image", "fieldset"];

  /* {address of a field: what it holds}; a saved row goes by its number in the database, a new one by its place among the new. */
  const fields = () => {
    const found = new Map();
    for (const control of form.elements) {
      if (!control.name || control.disabled || FIXED.includes(control.type) || control.name.includes("__prefix__")) continue;
      const row = control.closest(ROW);
      let field = control.name;
      let at = "";
      let prefix = "";
      if (row) {
        const parts = control.name.match(/^(.+)-(\d+)-(.+)$/);
        if (!parts) continue;
        let index;
        [, prefix, index, field] = parts;
        const saved = form.elements[`${prefix}-${index}-id`]?.value;
        at = saved ? `${prefix}#${saved}` : `${prefix}+${index - form.elements[`${prefix}-INITIAL_FORMS`].value}`;
      }
      found.set(`${at}:${field}`, {
        control,
        row,
        at,
        prefix,
        field,
        value: now(control),
        first: atFirst(control),
        label: () => labelOf(control, row, field),
        rowName: () => (row ? rowName(row, prefix) : ""),
      });
    }
    return found;
  };
  const isChanged = (one) => !same(one.value, one.first);
  const isOrder = (field) => field === "position" || field === "DELETE";

  return { fields, same, words, isChanged, isOrder };
}

/* Rows of an editors' page are put in order by buttons, by dragging and by their number. The order is written into the numbers,
   1 to n; the server does the rest. Nothing is renamed: Django knows a row by its name, wherever it stands. */
"use strict";
{
  const spoken = document.createElement("p");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");

  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  const value = (control) => {
    if (control.type === "checkbox") return control.checked;
    return control.multiple ? [...control.selectedOptions].map((option) => option.value).join() : control.value;
  };

  const inOrder = (group) => {
    const { options } = JSON.parse(group.dataset.inlineFormset);
    const { prefix } = options;
    const noun = options.addText.replace(/^Add another /, "");
    const stacked = group.dataset.inlineType === "stacked";
    const empty = group.querySelector(`#${prefix}-empty`);
    let arranged = false;

    const rows = () => [...group.querySelectorAll(stacked ? ".inline-related:not(.empty-form)" : "tr.form-row:not(.empty-form)")];
    const rowOf = (node) => node.closest(stacked ? ".inline-related" : "tr.form-row");
    const number = (row) => row.querySelector("input.position");
    const indexOf = (row) => Number(row.id.slice(prefix.length + 1));
    const isSaved = (row) => row.classList.contains("has_original");
    const isDeleted = (row) => Boolean(row.querySelector('[name$="-DELETE"]')?.checked);
    /* The errors of a table's row stand in a row of their own above it. */
    const withErrors = (row) => [row.previousElementSibling, row].filter((one) => one === row || one?.matches(".row-form-errors"));

    /* A row that Django takes for untouched: a number in it would make it a row with errors. It is compared with the empty row and
       not with its own first values, because a page that was refused comes back with what was typed. */
    const isBlank = (row) =>
      !isSaved(row) &&
      [...row.querySelectorAll("[name]:not([type=hidden], .position)")].every((control) => {
        const name = control.name.replace(`${prefix}-${indexOf(row)}-`, `${prefix}-__prefix__-`);
        const model = empty?.querySelector(`[name="${name}"]`);
        return !model || value(model) === value(control);
      });

    const titleOf = (row) => {
      const chosen = row.querySelector("select.admin-autocomplete")?.selectedOptions[0]?.text;
      const typed = [...row.querySelectorAll('input[type="text"]:not(.key), textarea')].find((field) => field.value.trim());
      const words = (!stacked && chosen) || typed?.value || chosen || "";
      return words.trim().length > 60 ? `${words.trim().slice(0, 60)}…` : words.trim();
    };
    const called = (row) => (titleOf(row) ? `${noun} “${titleOf(row)}”` : `New ${noun.toLowerCase()}`);
    const counted = (row) => rows().filter((one) => one === row || !(isBlank(one) || isDeleted(one)));

    const writeNumbers = () => {
      let place = 0;
      for (const row of rows()) {
        if (isBlank(row)) number(row).value = "";
        else if (!isDeleted(row)) number(row).value = ++place;
      }
    };
    /* The jump list names the rows in the order they stand in. */
    const tellJumpList = () => {
      for (const list of document.querySelectorAll(`[data-rows="${prefix}"]`)) {
        list.append(...rows().flatMap((row) => list.querySelector(`a[href="#${row.id}"]`)?.parentElement ?? []));
      }
    };
    const settled = (row) => {
      arranged = true;
      writeNumbers();
      tellJumpList();
      group.dispatchEvent(new Event("input", { bubbles: true }));
      const places = counted(row);
      spoken.textContent = `${called(row)} is now ${places.indexOf(row) + 1} of ${places.length}.`;
    };

    /* The others are moved around the row, so that it keeps the focus, the pointer and its place on the screen. */
    const carry = (row, to) => {
      const all = rows();
      const from = all.indexOf(row);
      const top = row.getBoundingClientRect().top;
      if (to < from) row.after(...all.slice(to, from).flatMap(withErrors));
      if (to > from) withErrors(row)[0].before(...all.slice(from + 1, to + 1).flatMap(withErrors));
      return top;
    };
    const move = (row, to) => {
      const last = rows().length - 1;
      const from = rows().indexOf(row);
      if (from === Math.min(Math.max(to, 0), last)) {
        spoken.textContent = `${called(row)} is ${from ? "last" : "first"} already.`;
        return;
      }
      const top = carry(row, Math.min(Math.max(to, 0), last));
      window.scrollBy({ top: row.getBoundingClientRect().top - top, behavior: "instant" });
      settled(row);
    };

    const put = (order) => {
      if (order.every((row, index) => row === rows()[index])) return false;
      const parts = order.flatMap(withErrors);
      if (empty) empty.before(...parts);
      else order[0].parentElement.append(...parts);
      return true;
    };
    /* A page that was refused comes in the order of the last save, and so does a draft that is put back. */
    const sortByNumber = () => {
      const wanted = (row) => Number(number(row).value) || Infinity;
      const moved = put(rows().sort((one, other) => (wanted(one) === wanted(other) ? 0 : wanted(one) - wanted(other))));
      arranged ||= moved || rows().some((row) => !isSaved(row) && number(row).value);
      if (arranged) writeNumbers();
      tellJumpList();
    };

    const drag = (handle, start) => {
      const row = rowOf(handle);
      const from = rows().indexOf(row);
      let pointer = start.clientY;
      let frame = 0;
      const step = () => {
        const edge = pointer < 80 ? -12 : pointer > innerHeight - 80 ? 12 : 0;
        if (edge) window.scrollBy({ top: edge, behavior: "instant" });
        const height = row.offsetHeight;
        const all = rows();
        const mine = all.indexOf(row);
        const to = all.findIndex((one, index) => {
          const box = one.getBoundingClientRect();
          // Only when the row would then lie under the pointer: else two rows of unequal height change places for ever.
          const room = Math.min(height, box.height);
          if (index < mine) return pointer >= box.top && pointer < box.top + room;
          return index > mine && pointer > box.bottom - room && pointer <= box.bottom;
        });
        if (to >= 0) carry(row, to);
        frame = requestAnimationFrame(step);
      };
      const begin = () => {
        const top = handle.getBoundingClientRect().top;
        group.classList.add("arranging");
        row.classList.add("carried");
        // The rows shrink to their headings; the one in hand stays under the pointer.
        window.scrollBy({ top: handle.getBoundingClientRect().top - top, behavior: "instant" });
        step();
      };
      const end = (event) => {
        cancelAnimationFrame(frame);
        handle.removeEventListener("pointermove", moved);
        for (const name of ["pointerup", "pointercancel"]) handle.removeEventListener(name, end);
        if (!frame) return;
        if (event.type === "pointercancel") carry(row, from);
        const top = handle.getBoundingClientRect().top;
        group.classList.remove("arranging");
        row.classList.remove("carried");
        window.scrollBy({ top: handle.getBoundingClientRect().top - top, behavior: "instant" });
        if (rows().indexOf(row) !== from) settled(row);
      };
      const moved = (event) => {
        pointer = event.clientY;
        if (!frame && Math.abs(pointer - start.clientY) > 4) begin();
      };
      handle.setPointerCapture(start.pointerId);
      handle.addEventListener("pointermove", moved);
      for (const name of ["pointerup", "pointercancel"]) handle.addEventListener(name, end);
    };

    const equip = (row) => {
      const handle = element("span", { className: "drag", textContent: "⠿", title: "Drag to another place" });
      handle.setAttribute("aria-hidden", "true");
      const button = (words, sign) => element("button", { type: "button", className: "shift", textContent: sign, title: words });
      const tools = element("div", { className: "arrange" }, button("Move up", "↑"), button("Move down", "↓"));
      if (stacked) row.querySelector("h3").after(tools);
      else number(row).after(tools);
      (stacked ? tools : row.querySelector("td.original")).append(handle);
      name(row);
    };
    const name = (row) => {
      for (const button of row.querySelectorAll(".shift")) button.setAttribute("aria-label", `${button.title}: ${called(row)}`);
    };

    group.addEventListener("click", (event) => {
      const button = event.target.closest(".shift");
      if (button) move(rowOf(button), rows().indexOf(rowOf(button)) + (button.title === "Move up" ? -1 : 1));
    });
    group.addEventListener("pointerdown", (event) => {
      if (event.target.matches(".drag") && event.button === 0) drag(event.target, event);
    });
    group.addEventListener("change", (event) => {
      const row = event.target.matches("input.position") && rowOf(event.target);
      if (!row) return;
      const typed = Number(event.target.value);
      const others = rows().filter((one) => one !== row && !(isBlank(one) || isDeleted(one)));
      // The place among the rows that count; blank rows and deleted ones may stand between them.
      const at = typed >= 1 && typed <= others.length ? others[typed - 1] : null;
      const order = rows().filter((one) => one !== row);
      const to = at ? order.indexOf(at) : others.length ? order.indexOf(others.at(-1)) + 1 : 0;
      carry(row, to);
      settled(row);
    });
    /* jQuery's, because Select2 tells nobody else. */
    django.jQuery(group).on("change input", (event) => {
      const row = event.target !== group && rowOf(event.target);
      if (!row || row === empty || event.target.matches("input.position")) return;
      name(row);
      if (arranged) writeNumbers();
    });
    document.addEventListener("formset:added", (event) => {
      if (event.detail.formsetName === prefix) equip(event.target);
    });
    document.addEventListener("formset:removed", (event) => {
      if (event.detail.formsetName !== prefix) return;
      // Django now names the rows anew as they stand, and takes the first ones for those that are saved.
      const order = rows();
      put([...order].sort((one, other) => indexOf(one) - indexOf(other)));
      queueMicrotask(() => {
        put(order);
        if (arranged) writeNumbers();
      });
    });
    document.addEventListener("rows:sort", sortByNumber);

    if (stacked && rows().length > 2) {
      const fold = element("button", { type: "button", className: "fold", textContent: "Headings only" });
      fold.setAttribute("aria-pressed", "false");
      fold.addEventListener("click", () => fold.setAttribute("aria-pressed", group.classList.toggle("headings-only")));
      group.querySelector("h2").after(fold);
    }
    rows().forEach(equip);
    sortByNumber();
  };

  document.body.append(spoken);
  for (const group of document.querySelectorAll(".js-inline-admin-formset")) {
    if (group.querySelector("input.position")) inOrder(group);
  }
}

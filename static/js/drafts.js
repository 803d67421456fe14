/* Unsaved text of an editors' form stays in this browser until it is saved, thrown away, or the editor logs out. One entry for each
   opened form, so that two windows do not write over each other. Kept is what differs from the page as it came, each row by its
   own number in the database: put back on a newer page, it touches nothing else there. */
"use strict";
{
  const SENT = "draft-sent";
  const LEFT = "draft-left";
  const WEEK = 7 * 24 * 60 * 60 * 1000;
  const user = document.querySelector('meta[name="editor"]')?.content;
  const place = document.getElementById("kept");
  const form = place && document.querySelector("#content-main > form");
  const refused = Boolean(place && "refused" in place.dataset);
  const params = new URLSearchParams(location.search);
  params.delete("_changelist_filters");
  const key = `draft:${user}:${location.pathname}${params.size ? `?${params}` : ""}`;

  const storage = (() => {
    try {
      return localStorage.length >= 0 && localStorage;
    } catch {
      return null;
    }
  })();
  const read = (where) => {
    try {
      const entries = JSON.parse(storage.getItem(where) ?? "[]");
      return Array.isArray(entries) ? entries.filter((entry) => entry?.id && entry.at && entry.fields) : [];
    } catch {
      return [];
    }
  };
  const write = (where, entries) => {
    if (entries.length) storage.setItem(where, JSON.stringify(entries));
    else storage.removeItem(where);
  };
  const drop = (where, id) => write(where, read(where).filter((entry) => entry.id !== id));
  const mark = (name, value) => {
    try {
      sessionStorage.setItem(name, JSON.stringify(value));
    } catch {
      // Then the next visit sees that the page holds the text already.
    }
  };
  const taken = (name) => {
    const value = JSON.parse(sessionStorage.getItem(name) ?? "null");
    sessionStorage.removeItem(name);
    return value;
  };
  const allKeys = (start) => Object.keys(storage).filter((name) => name.startsWith(start));

  /* What happened since the last page of this tab: a save is known by the page that thanks for it, or by the one that asks about a
     conflict, whose text is a version by then; a logout by the missing editor.
     A refused save, a login form in between or a broken answer leave everything as it is. */
  const settle = () => {
    const sent = taken(SENT);
    if (sent && !refused && document.querySelector(".messagelist .success, form.conflicts")) drop(sent.key, sent.id);
    const left = taken(LEFT);
    if (left && !user) allKeys(`draft:${left}:`).forEach((name) => storage.removeItem(name));
    if (!user) return;
    for (const name of allKeys("draft:")) {
      const recent = read(name).some((entry) => Date.parse(entry.at) > Date.now() - WEEK);
      if (!name.startsWith(`draft:${user}:`) && !recent) storage.removeItem(name);
    }
  };

  const { fields, same, words, isChanged, isOrder } = form ? formFields(form) : {};

  let id = `${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;
  // On a refused page nothing is saved, though it comes with what was typed: what was kept before stays kept.
  let sticky = [];
  let sending = false;
  let ended = false;
  let timer = 0;

  const isDirty = () => refused || [...fields().values()].some(isChanged);
  const entry = () => {
    const all = [...fields()];
    const kept = all.filter(([address, one]) => isChanged(one) || sticky.includes(address));
    // Should somebody delete a row meanwhile, the whole of what was written in it is still here.
    const rows = new Set(kept.filter(([, one]) => one.at && !isOrder(one.field)).map(([, one]) => one.at));
    const whole = all.filter(([address, one]) => rows.has(one.at) || kept.some(([other]) => other === address));
    if (!kept.length) return null;
    return {
      id,
      at: new Date().toISOString(),
      from: form.elements.opened_from?.value ?? null,
      fields: whole.map(([address, one]) => ({
        address,
        at: one.at,
        prefix: one.prefix,
        field: one.field,
        label: one.label(),
        row: one.rowName(),
        value: one.value,
        changed: kept.some(([other]) => other === address),
      })),
    };
  };
  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    if (!storage || sending || ended) return;
    const mine = entry();
    try {
      write(key, [...read(key).filter((other) => other.id !== id), ...(mine ? [mine] : [])]);
    } catch {
      if (!keep.refused) say("This browser has no room to keep your unsaved text. Please save often.");
      keep.refused = true;
    }
  };

  /* What a kept entry has that the page has not */

  const rowsOn = (page, prefix) => {
    const rows = new Map();
    for (const one of page.values()) if (one.prefix === prefix) rows.set(one.at, [...(rows.get(one.at) ?? []), one]);
    return [...rows.values()];
  };
  const differences = (kept, what) => {
    const page = fields();
    const stands = (fresh) => {
      const filled = fresh.filter((one) => one.changed && !isOrder(one.field) && one.field !== "key" && words(one.value));
      const alike = (row) => filled.every((one) => row.some((other) => other.field === one.field && same(other[what], one.value)));
      return !filled.length || rowsOn(page, fresh[0].prefix).some(alike);
    };
    const found = [];
    for (const one of kept.fields.filter((field) => field.changed)) {
      const isNew = one.at.includes("+");
      const there = page.get(one.address);
      const row = kept.fields.filter((other) => other.at === one.at);
      if (isNew ? stands(row) : there && same(there[what], one.value)) continue;
      if (!isNew && !there && isOrder(one.field)) continue;
      found.push({ ...one, gone: !isNew && !there, theirs: isNew || !there ? "" : there[what] });
    }
    return found.every((one) => one.address === ":change_note") ? [] : found;
  };

  /* The box */

  const element = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const spoken = element("p", { className: "kept-says" });
  spoken.setAttribute("role", "status");
  /* A box says it to the eye itself. */
  const say = (sentence, isSeen = true) => {
    spoken.classList.toggle("visually-hidden", !isSeen);
    spoken.textContent = sentence;
  };
  const side = (title, tag, parts, none) => {
    const text = element("div", { className: "text" });
    const runs = [];
    for (const [word, differs] of parts) {
      if (runs.at(-1)?.[1] === differs) runs.at(-1)[0] += word;
      else runs.push([word, differs]);
    }
    for (const [run, differs] of runs) text.append(differs ? element(tag, {}, run) : run);
    if (!runs.length) text.append(element("em", {}, none));
    return element("div", { className: "side" }, element("h4", {}, title), text);
  };
  const compared = (kept) =>
    differences(kept, "value").map((one) => {
      const [theirs, mine] = wordDiff(words(one.theirs), words(one.value));
      return element(
        "div",
        { className: "pair" },
        element("h3", {}, one.row ? `${one.row}: ${one.label}` : one.label),
        side("In the form now", "del", theirs, one.gone ? "This row is no longer on the page." : "empty"),
        side("Your unsaved text", "ins", mine, "empty"),
      );
    });
  const when = (at) => {
    const time = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    const day = (date) => new Date(date).setHours(0, 0, 0, 0);
    const days = Math.round((day(Date.now()) - day(at)) / (WEEK / 7));
    if (days < 2) return `${time} ${days === 1 ? "yesterday" : "today"}`;
    return `${time} on ${at.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}`;
  };

  const set = (control, value) => {
    if (control.type === "checkbox") control.checked = value;
    else if (!control.options) control.value = value;
    else {
      for (const [chosen, text] of value) {
        if (![...control.options].some((option) => option.value === chosen)) control.add(new Option(text, chosen));
      }
      const wanted = value.length || control.multiple ? value.map(([chosen]) => chosen) : [""];
      for (const option of control.options) option.selected = wanted.includes(option.value);
      django.jQuery(control).trigger("change");
    }
    control.dispatchEvent(new Event("input", { bubbles: true }));
  };
  /* A row for text whose own row is not on the page: a blank one, or one that Django's own button adds. */
  const roomFor = (prefix, used) => {
    const fresh = () => rowsOn(fields(), prefix).filter((row) => row[0].at.includes("+"));
    // On a refused page no row is known to be blank: what was typed came with the page.
    const blank = refused ? null : fresh().find((row) => !used.has(row[0].row) && !row.some(isChanged));
    if (blank) return blank;
    const before = new Set(fresh().map((row) => row[0].row));
    document.querySelector(`#${prefix}-group .add-row a`)?.click();
    return fresh().find((row) => !before.has(row[0].row));
  };
  const putBack = (kept) => {
    const wanted = new Set(differences(kept, "value").map((one) => one.at));
    const page = fields();
    const [used, lost] = [new Set(), []];
    for (const at of wanted) {
      const row = kept.fields.filter((one) => one.at === at);
      const isThere = !at.includes("+") && row.some((one) => page.has(one.address));
      if (isThere) {
        for (const one of row.filter((field) => field.changed)) {
          const control = page.get(one.address)?.control;
          if (control) set(control, one.value);
          else lost.push(one.label);
        }
        continue;
      }
      const room = roomFor(row[0].prefix, used);
      if (!room) {
        lost.push(row[0].row || row[0].label);
        continue;
      }
      used.add(room[0].row);
      for (const one of row) {
        const target = room.find((other) => other.field === one.field);
        if (target && one.field !== "DELETE") set(target.control, one.value);
      }
    }
    // The text was written on the version of then; the server needs that one to join it with what was saved since.
    if (form.elements.opened_from && kept.from !== null) form.elements.opened_from.value = kept.from;
    document.dispatchEvent(new CustomEvent("rows:sort"));
    return lost;
  };

  const offer = (kept) => {
    const box = document.getElementById("kept-offer").content.cloneNode(true).firstElementChild;
    const find = (selector) => box.querySelector(selector);
    find("[data-when]").textContent = when(new Date(kept.at));
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", find("h2").textContent);
    find("[data-newer]").hidden = kept.from === null || kept.from === form.elements.opened_from?.value;
    const close = (sentence, ...more) => {
      const told = element("p", { className: "kept", tabIndex: -1 }, sentence, ...more);
      box.replaceWith(told);
      told.focus();
      return told;
    };
    const acts = {
      compare: (button) => {
        const list = find("[data-compared]");
        list.hidden = !list.hidden;
        button.setAttribute("aria-expanded", !list.hidden);
        if (!list.hidden) list.replaceChildren(...compared(kept));
      },
      restore: () => {
        const lost = putBack(kept);
        if (lost.length) {
          say(`There is no place on this page for: ${lost.join(", ")}. Copy it from the comparison.`);
          if (find("[data-compared]").hidden) acts.compare(find('[data-do="compare"]'));
          return;
        }
        drop(key, id);
        id = kept.id;
        keep();
        close("Your text is back in the form. It is not saved yet.");
      },
      drop: () => {
        drop(key, kept.id);
        const undo = element("button", { type: "button", className: "button", textContent: "Keep it after all" });
        const told = close("The unsaved text was thrown away. ", undo);
        undo.addEventListener("click", () => {
          write(key, [...read(key), kept]);
          told.replaceWith(box);
          box.focus();
        });
      },
    };
    box.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) acts[button.dataset.do](button);
    });
    place.append(box);
    // A moment later, because screen readers speak only what changes on a page that they know.
    setTimeout(() => say(`${find("h2").textContent}. The choices stand above the form.`, false), 600);
  };

  const open = () => {
    place.before(spoken);
    for (const kept of storage ? read(key) : []) {
      if (differences(kept, "first").length) offer(kept);
      else if (refused) {
        id = kept.id;
        sticky = kept.fields.filter((one) => one.changed).map((one) => one.address);
      } else drop(key, kept.id);
    }
    const changed = () => {
      sending = false;
      timer ||= setTimeout(keep, 1000);
    };
    // jQuery's, because Select2 tells nobody else.
    django.jQuery(form).on("input change", changed);
    for (const name of ["formset:added", "formset:removed"]) document.addEventListener(name, changed);
    document.addEventListener("visibilitychange", () => document.hidden && keep());
    window.addEventListener("pagehide", keep);
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) sending = false;
    });
    window.addEventListener("submit", (event) => {
      if (event.target !== form || event.defaultPrevented) return;
      keep();
      // A preview in a new tab saves nothing: this page keeps its text and goes on warning.
      if (event.submitter?.formTarget === "_blank") return;
      sending = true;
      if (storage) mark(SENT, { key, id });
    });
    window.addEventListener("beforeunload", (event) => {
      if (!sending && isDirty()) event.preventDefault();
    });
    window.addEventListener("storage", (event) => {
      // Another window logged out and wiped it: this one does not write it again.
      if (event.key === key && event.newValue === null && event.oldValue?.includes(id)) ended = true;
    });
  };

  try {
    if (storage) settle();
  } catch {
    // A browser that keeps nothing is no fault of the page.
  }
  document.getElementById("logout-form")?.addEventListener("submit", () => storage && mark(LEFT, user));
  if (form) open();
}

/* Comfort for texts in Markdown: tools, shortcuts, paste with its form kept, citations, a count of words.

   A field says in data-markdown what it may hold: "line" (bold, links), "short" (and lists) or "long" (and headings, tables).
   Without this file each stays the plain field that it is. Pasting and the list of sources have files of their own. */
{
  const WORDS_A_MINUTE = 200; // as presenters/articles.py
  const SIZES = ["line", "short", "long"];
  const LIST_MARK = /^[ \t]*(?:[-*+]|\d+\.)[ \t]+/;
  const LINE_START = /^([ \t]*(?:(?:[-*+]|\d+\.|#{1,6})[ \t]+)?)(.*?)([ \t]*)$/;
  const CITING = "[ref:";

  /* execCommand is old, but the only way that keeps the browser's own undo; setRangeText, the fallback, forgets it. */
  function replace(area, start, end, text, from = start + text.length, to = from) {
    area.focus();
    area.setSelectionRange(start, end);
    const done = text ? document.execCommand("insertText", false, text) : start === end || document.execCommand("delete");
    if (!done) {
      area.setRangeText(text, start, end, "end");
      area.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    area.setSelectionRange(from, to);
  }

  function linesOf({ value, selectionStart, selectionEnd }) {
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const last = selectionEnd > selectionStart && value[selectionEnd - 1] === "\n" ? selectionEnd - 1 : selectionEnd;
    const end = value.indexOf("\n", last) < 0 ? value.length : value.indexOf("\n", last);
    return { start, end, lines: value.slice(start, end).split("\n") };
  }

  /* New lines that part a block from the words before and behind it. */
  function gaps(value, start, end) {
    const before = value.slice(0, start), after = value.slice(end);
    return [
      !before.trim() || /\n[ \t]*\n$/.test(before) ? "" : before.endsWith("\n") ? "\n" : "\n\n",
      !after.trim() || /^\n[ \t]*\n/.test(after) ? "" : after.startsWith("\n") ? "\n" : "\n\n",
    ];
  }

  function insertBlock(area, start, end, text, select = text) {
    const [before, after] = gaps(area.value, start, end);
    const from = start + before.length + text.indexOf(select);
    replace(area, start, end, before + text + after, select === text ? from + text.length : from, from + select.length);
  }

  function bold(area) {
    const { value } = area;
    let { selectionStart: start, selectionEnd: end } = area;
    if (start === end) {
      start -= /[\p{L}\p{N}'’-]*$/u.exec(value.slice(0, start))[0].length;
      end += /^[\p{L}\p{N}'’-]*/u.exec(value.slice(end))[0].length;
    }
    while (start < end && /\s/.test(value[start])) start += 1;
    while (end > start && /\s/.test(value[end - 1])) end -= 1;
    if (value.slice(start - 2, start) === "**" && value.slice(end, end + 2) === "**") { start -= 2; end += 2; }
    const lines = value.slice(start, end).split("\n").map((line) => LINE_START.exec(line));
    const words = lines.map((line) => line[2]).filter(Boolean);
    const isBold = value.slice(start, end) === "****" || (words.length && words.every((text) => /^\*\*(?!\*).*\*\*$/.test(text) && !text.slice(2, -2).includes("**")));
    const changed = lines.map(([, mark, text, rest]) => {
      const bare = text.replaceAll("**", "");
      return mark + (isBold || (!text && words.length) ? bare : `**${bare}**`) + rest;
    }).join("\n");
    const inside = changed.startsWith("**") && lines.length === 1 ? 2 : 0;
    replace(area, start, end, changed, start + inside, start + changed.length - inside);
  }

  function link(area) {
    const { value, selectionStart: start, selectionEnd: end } = area;
    const around = [...value.matchAll(/\[([^[\]\n]*)\]\(([^()\s]*)\)/g)].find(
      (found) => found.index <= start && end <= found.index + found[0].length && (start < end || (found.index < start && end < found.index + found[0].length)),
    );
    if (around) return replace(area, around.index, around.index + around[0].length, around[1], around.index, around.index + around[1].length);
    const words = value.slice(start, end).trim();
    const isAddress = /^(https?:\/\/|\/)\S+$/.test(words);
    const [text, address] = isAddress ? ["words", words] : [words || "words", "https://"];
    const selected = !words || isAddress ? [start + 1, start + 1 + text.length] : [start + text.length + 3, start + text.length + 3 + address.length];
    replace(area, start, end, `[${text}](${address})`, ...selected);
  }

  function list(area, isNumbered) {
    const { start, end, lines } = linesOf(area);
    const own = isNumbered ? /^[ \t]*\d+\.[ \t]+/ : /^[ \t]*[-*+][ \t]+/;
    const filled = lines.filter((line) => line.trim());
    const isList = filled.length > 0 && filled.every((line) => own.test(line));
    let number = 0;
    const changed = lines.map((line) => {
      if (!line.trim() && filled.length) return line;
      const bare = line.replace(LIST_MARK, "");
      return isList ? bare : (isNumbered ? `${(number += 1)}. ` : "- ") + bare;
    }).join("\n");
    const [before, after] = gaps(area.value, start, end);
    const touches = (text, edge) => LIST_MARK.test(text.split("\n").at(edge) ?? "");
    const first = isList || touches(area.value.slice(0, Math.max(0, start - 1)), -1) ? "" : before;
    const tail = isList || touches(area.value.slice(end + 1), 0) ? "" : after;
    const to = start + first.length + changed.length;
    replace(area, start, end, first + changed + tail, filled.length > 1 ? start + first.length : to, to);
  }

  function heading(area) {
    const { start, lines } = linesOf(area);
    const [line] = lines;
    const level = /^(#{1,6})[ \t]/.exec(line)?.[1].length ?? 0;
    const text = line.replace(/^#{1,6}[ \t]+/, "").replace(LIST_MARK, "");
    const mark = level === 0 ? "### " : level === 3 ? "#### " : "";
    const [before, after] = level ? ["", ""] : gaps(area.value, start, start + line.length);
    const to = start + before.length + mark.length + text.length;
    replace(area, start, start + line.length, before + mark + text + after, to);
  }

  function table(area) {
    const { start, end, lines } = linesOf(area);
    if (!/^[ \t]*\|/.test(lines[0])) return insertBlock(area, area.selectionEnd, area.selectionEnd, "| Heading | Heading |\n| --- | --- |\n| Text | Text |", "Heading");
    // One more row, never between the headings and the line below them.
    const next = /^\n([ \t|:-]*-[ \t|:-]*)(?=\n|$)/.exec(area.value.slice(end))?.[0] ?? "";
    const cells = lines[0].replace(/\\\|/g, "").trim().replace(/\|$/, "").split("|").length - 1;
    replace(area, end + next.length, end + next.length, `\n|${"  |".repeat(cells)}`, end + next.length + 3);
  }

  function cite(area, from = area.selectionEnd) {
    const end = area.selectionEnd;
    const space = from && !/\s/.test(area.value[from - 1]) ? " " : "";
    window.openCitations(area, {
      cite: (key) => replace(area, from, end, `${space}${CITING}${key}]`),
      typed: (words) => (from < end ? replace(area, end, end, words) : area.focus()),
    });
  }

  const TOOLS = [
    { words: "Bold", act: bold, key: "b", size: "line" },
    { words: "Link", act: link, key: "k", size: "line" },
    { words: "List", name: "Bullet list", act: (area) => list(area, false), size: "short" },
    { words: "1. 2. 3.", name: "Numbered list", act: (area) => list(area, true), size: "short" },
    { words: "Heading", act: heading, size: "long", title: "Heading. Again: smaller. Once more: none" },
    { words: "Table", act: table, size: "long", title: "Table. Inside a table: one more row" },
    { words: "Cite", name: "Cite a source", act: cite, size: "line", title: "Cite a source. Or type [ref:" },
  ];
  const toolsFor = (area) => TOOLS.filter((tool) => SIZES.indexOf(tool.size) <= SIZES.indexOf(area.dataset.markdown));

  function toolbarFor(area) {
    const bar = document.createElement("div");
    bar.className = "tools";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", `Tools for ${area.labels[0]?.textContent.replace(/:\s*$/, "").trim() ?? "this text"}`);
    bar.setAttribute("aria-controls", area.id);
    const buttons = toolsFor(area).map(({ words, name = words, act, key, title = name }, at) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", textContent: words, title: key ? `${title} (Ctrl+${key.toUpperCase()})` : title, tabIndex: at ? -1 : 0 });
      if (name !== words) button.setAttribute("aria-label", `${words}: ${name}`);
      if (key) button.setAttribute("aria-keyshortcuts", `Control+${key.toUpperCase()}`);
      button.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps its selection
      button.addEventListener("click", () => act(area));
      return button;
    });
    const goTo = (at) => {
      buttons.forEach((button, place) => (button.tabIndex = place === at ? 0 : -1));
      buttons[at].focus();
    };
    bar.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(document.activeElement), count = buttons.length;
      const places = { ArrowRight: (at + 1) % count, ArrowLeft: (at + count - 1) % count, Home: 0, End: count - 1 };
      if (!(event.key in places)) return;
      event.preventDefault();
      goTo(places[event.key]);
    });
    bar.append(...buttons);
    return bar;
  }

  function paste(event, isPlain) {
    const { target: area, clipboardData } = event;
    const html = isPlain ? "" : clipboardData?.getData("text/html");
    const found = html && window.markdownFromHtml(html, area.dataset.markdown);
    if (!found) return;
    event.preventDefault();
    const { selectionStart: start, selectionEnd: end } = area;
    if (found.isBlock && area.dataset.markdown !== "line") insertBlock(area, start, end, found.text);
    else replace(area, start, end, found.text);
  }

  /* As plain() in text.py counts. */
  function count(markdown) {
    const text = markdown.replace(/\s*\[ref:[a-z0-9-]+\]/g, "").replace(/\[([^[\]]*)\]\([^)]*\)/g, "$1")
      .replace(/^(?=.*\|)(?=.*-)[ \t|:-]+$/gm, "").replace(/^[ \t]*\|.*$/gm, (row) => row.replace(/(?<!\\)\|/g, " "))
      .replace(/^ {0,3}#{1,6}[ \t]+/gm, "").replace(/\*\*|^[ \t]*(?:[-*]|\d+\.)\s+/gm, "");
    return text.split(/\s+/).filter(Boolean).length;
  }

  const number = (amount, unit) => `${amount} ${unit}${amount === 1 ? "" : "s"}`;
  const fields = () => [...document.querySelectorAll("textarea[data-markdown]")].filter((area) => !area.name.includes("__prefix__"));

  /* Read when asked for (each field is described by its count), never spoken while somebody types. */
  function tell() {
    if (!fields().length) return; // somebody who may only look
    const shown = document.getElementById("reading-time");
    let all = Number(shown?.dataset.wordsElsewhere ?? 0);
    for (const area of fields()) all += count(area.value);
    const minutes = `about ${number(Math.max(1, Math.round(all / WORDS_A_MINUTE)), "minute")}`;
    for (const area of fields()) {
      const note = document.getElementById(`${area.id}-words`);
      if (note) note.textContent = `${number(count(area.value), "word")} here. The whole article takes ${minutes} to read.`;
    }
    if (shown) shown.textContent = `Readers need ${minutes} for it (${number(all, "word")}).`;
  }

  function addTools(area) {
    if (area.name.includes("__prefix__") || area.closest(".writing")) return;
    const frame = document.createElement("div");
    frame.className = "writing";
    area.replaceWith(frame);
    frame.append(toolbarFor(area), area);
    if (area.dataset.markdown === "long") {
      const note = Object.assign(document.createElement("p"), { className: "help", id: `${area.id}-words` });
      area.setAttribute("aria-describedby", `${area.getAttribute("aria-describedby") ?? ""} ${note.id}`.trim());
      frame.append(note);
    }
    let isPlain = false;
    area.addEventListener("paste", (event) => { paste(event, isPlain); isPlain = false; });
    area.addEventListener("keyup", () => (isPlain = false));
    area.addEventListener("keydown", (event) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      isPlain = key === "v" && event.shiftKey;
      if (event.shiftKey) return;
      const tool = toolsFor(area).find((one) => one.key === key);
      if (!tool) return;
      event.preventDefault();
      tool.act(area);
    });
    area.addEventListener("input", (event) => {
      const { selectionStart: at } = area;
      if (event.data === ":" && area.value.slice(0, at).endsWith(CITING)) cite(area, at - CITING.length);
    });
  }

  let waiting;
  const tellSoon = () => { clearTimeout(waiting); waiting = setTimeout(tell, 400); };
  document.addEventListener("input", (event) => { if (event.target.matches("textarea[data-markdown]")) tellSoon(); });
  document.addEventListener("formset:removed", tellSoon);
  document.addEventListener("formset:added", (event) => {
    event.target.querySelectorAll("textarea[data-markdown]").forEach(addTools);
    tell();
  });
  fields().forEach(addTools);
  tell();
}

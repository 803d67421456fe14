/* What Word, Google Docs, LibreOffice or a web page put on the clipboard -> our Markdown; what it cannot say stays as words.

   window.markdownFromHtml(html, size): { text, isBlock }, or null where the browser's own plain paste does as well. `size` is
   what the field may hold: "line" (bold, links), "short" (and lists) or "long" (and headings, tables). */
{
  // Words that were struck out stay out: "5 mg, no longer 10 mg" must not come back as two doses.
  const STRUCK = "del, s, strike, [data-style*='line-through']";
  // A comment in Word's margin is no text for readers.
  const IGNORED = `script, style, template, noscript, title, meta, link, col, colgroup, .MsoCommentReference, .msocomtxt, .msocomoff, ${STRUCK}`;
  const BLOCKS = "p, div, h1, h2, h3, h4, h5, h6, ul, ol, li, table, blockquote, section, article, header, footer, main, pre, dl, dt, dd, hr";
  const MARKED = `p, h1, h2, h3, h4, h5, h6, ul, ol, table, b, strong, a[href], sup, sub, [data-style*='font-weight'], ${STRUCK}`;
  const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋";

  const styleOf = (element, name) => new RegExp(`(?:^|;)\\s*${name}:\\s*([^;]*)`, "i").exec(element.dataset?.style ?? "")?.[1].trim() ?? "";
  const isList = (element) => element.matches("ul, ol");
  const last = (list) => list[list.length - 1];

  /* The page's policy refuses styles and handlers even in a document that is only read, and says so on the console. */
  function parsed(html) {
    const bare = html.replace(/<style\b.*?<\/style\s*>/gis, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="));
    return new DOMParser().parseFromString(bare, "text/html").body;
  }

  function isBold(element, inherited) {
    const weight = styleOf(element, "font-weight");
    if (weight) return /^bold/i.test(weight) || Number(weight) >= 600;
    return inherited || element.matches("b, strong");
  }

  /* Addresses that readers can use: no redirect that tells others who clicked, no link inside a Word file. */
  function addressOf(element) {
    let address;
    try {
      address = new URL(element.getAttribute("href"));
      const inner = /^www\.google\.[a-z.]+$/.test(address.host) && address.pathname === "/url" ? "q" : /\.safelinks\.protection\.outlook\.com$/.test(address.host) ? "url" : "";
      if (address.searchParams.get(inner)) address = new URL(address.searchParams.get(inner));
    } catch {
      return "";
    }
    if (!["http:", "https:", "mailto:"].includes(address.protocol)) return "";
    const text = address.origin === location.origin ? address.pathname + address.search + address.hash : address.href;
    return text.replace(/[()<>]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  }

  /* Signs that our Markdown would take for a mark. A raised figure stays raised: 10⁶ must not become 106. */
  function words(text, { raised, lowered }) {
    const figures = raised ? RAISED : lowered ? LOWERED : "";
    const shown = figures ? text.replace(/[0-9+−-]/g, (sign) => figures["0123456789+-".indexOf(sign === "−" ? "-" : sign)]) : text;
    return shown
      .replace(/\s+/g, " ")
      .replace(/[\\*]/g, "\\$&")
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
      .replace(/\](?=\()/g, "\\]")
      .replace(/&(?=#?\w+;)/g, "\\&");
  }

  /* Marks only hold right at a word, and not between a sign and a letter: "**Dose:**5 mg" would show its stars. */
  function bold(text, before, after) {
    const wordAt = (sign) => /[\p{L}\p{N}]/u.test(sign ?? "");
    const [, start, middle, end] = /^(\s*)(.*?)(\s*)$/s.exec(text);
    const tail = !end && wordAt(after) ? /(?:\\?[^\p{L}\p{N}\s])*$/u.exec(middle)[0] : "";
    const lead = !start && wordAt(before) ? /^(?:\\?[^\p{L}\p{N}\s])*/u.exec(middle)[0] : "";
    const kept = middle.slice(lead.length, middle.length - tail.length);
    return kept ? `${start}${lead}**${kept}**${tail}${end}` : text;
  }

  /* Runs of equal words -> one line of Markdown. */
  function line(runs, { plain = false } = {}) {
    const merged = [];
    for (const { text, bold: isStrong, href } of runs) {
      const previous = last(merged);
      if (previous && previous.isStrong === isStrong && previous.href === href) previous.text += text;
      else merged.push({ text, isStrong, href });
    }
    const marked = merged.map(({ text, isStrong, href }, at) => {
      if (!text.trim()) return { text, href };
      const strong = isStrong && !plain;
      const shown = text.split("\n").map((part) => (strong ? bold(part, last(merged[at - 1]?.text ?? ""), merged[at + 1]?.text[0]) : part));
      return { text: shown.join("\n"), href };
    });
    let found = "";
    for (let at = 0; at < marked.length; at += 1) {
      const { href } = marked[at];
      let { text } = marked[at];
      if (!href) { found += text; continue; }
      while (marked[at + 1]?.href === href) text += marked[(at += 1)].text;
      const [, start, middle, end] = /^(\s*)(.*?)(\s*)$/s.exec(text.replace(/\n/g, " "));
      found += middle ? `${start}[${middle}](${href})${end}` : text;
    }
    return found.replace(/ +/g, " ").replace(/ ?\n ?/g, "\n").trim().replace(/\n+/g, plain ? " " : "  \n")
      .replace(/^([-+]|#{1,6})(?= )/gm, "\\$1").replace(/^(\d+)([.)])(?= )/gm, "$1\\$2").replace(/^\|/gm, "\\|");
  }

  function blocksOf(root, style = { bold: false, href: "" }) {
    const blocks = [];
    let runs = [];
    const flush = () => {
      if (runs.some((run) => run.text.trim())) blocks.push({ kind: "text", runs });
      runs = [];
    };
    const add = (block) => { flush(); blocks.push(block); };

    function read(node, now) {
      if (node.nodeType === Node.TEXT_NODE) return void runs.push({ text: words(node.data, now), bold: now.bold, href: now.href });
      if (node.nodeType !== Node.ELEMENT_NODE || node.matches(IGNORED)) return;
      if (node.matches("br")) return void runs.push({ text: "\n", bold: now.bold, href: now.href });
      if (node.matches("img")) return void runs.push({ text: words(node.alt, now), bold: now.bold, href: now.href });
      const level = /^H([1-6])$/.exec(node.tagName)?.[1] ?? /\bMso(?:Heading|Title)(\d?)/.exec(node.className)?.[1];
      if (level !== undefined) return add({ kind: "heading", level: Number(level || 1), runs: blocksOf(clone(node), style).flatMap((block) => block.runs ?? []) });
      if (isList(node)) return add({ kind: "list", items: listItems(node, now) });
      if (/\bl\d+ level\d/.test(styleOf(node, "mso-list"))) return wordItem(node, now);
      if (node.matches("table") && !node.querySelector("table") && [...node.rows].some((row) => row.cells.length > 1)) {
        if (node.caption) add({ kind: "text", runs: blocksOf(clone(node.caption), now).flatMap((block) => block.runs ?? []) });
        return add({ kind: "table", rows: tableRows(node) });
      }
      const align = styleOf(node, "vertical-align");
      const inner = {
        bold: isBold(node, now.bold),
        href: node.matches("a[href]") ? addressOf(node) : now.href,
        raised: node.matches("sup") || align === "super" || now.raised,
        lowered: node.matches("sub") || align === "sub" || now.lowered,
      };
      if (inner.raised) inner.href = ""; // the number of a footnote
      const isBlock = node.matches(BLOCKS) || node.matches("tr, td, th, caption");
      if (isBlock) flush();
      for (const child of node.childNodes) read(child, inner);
      if (isBlock) flush();
    }

    /* Word's clipboard has no lists: paragraphs that say their level, each with its mark typed in front. */
    function wordItem(node, now) {
      const copy = clone(node);
      const typed = [...copy.querySelectorAll("[data-style]")].find((part) => /ignore/i.test(styleOf(part, "mso-list")));
      const number = /^\W*(\w+)[.)]/.exec(typed?.textContent.trim() ?? "")?.[1];
      typed?.remove();
      flush();
      if (!last(blocks)?.fromWord) blocks.push({ kind: "list", items: [], fromWord: true });
      const { items } = last(blocks);
      const depth = Math.min(Number(/level(\d)/.exec(styleOf(node, "mso-list"))[1]) - 1, items.length ? last(items).depth + 1 : 0);
      items.push({ depth, number: number && (Number(number) || "next"), lines: blocksOf(copy, now) });
    }

    for (const child of root.childNodes) read(child, style);
    flush();
    return blocks;
  }

  /* The inside of an element without the element, so that reading it does not come back to it. */
  function clone(node) {
    const copy = document.implementation.createHTMLDocument("").createElement("div");
    copy.append(...[...node.childNodes].map((child) => child.cloneNode(true)));
    return copy;
  }

  function listItems(list, style, depth = 0) {
    const items = [];
    let number = Number(list.getAttribute("start")) || 1;
    for (const child of list.children) {
      if (isList(child)) { items.push(...listItems(child, style, depth + (items.length ? 1 : 0))); continue; }
      const own = clone(child);
      const nested = [...own.children].filter(isList);
      for (const inner of nested) inner.remove();
      items.push({ depth, number: list.matches("ol") ? number++ : undefined, lines: blocksOf(own, { ...style, bold: isBold(child, style.bold) }) });
      for (const inner of nested) items.push(...listItems(inner, style, depth + 1));
    }
    return items;
  }

  /* Rows of texts. A merged cell is said in each place it covers, or figures would slide under another heading. */
  function tableRows(table) {
    const rows = [...table.rows].map(() => []);
    [...table.rows].forEach((row, down) => {
      let across = 0;
      for (const cell of row.cells) {
        while (rows[down][across] !== undefined) across += 1;
        const text = flat(blocksOf(clone(cell), { bold: isBold(cell, false), href: "" }));
        for (let y = down; y < Math.min(down + (cell.rowSpan || 1), rows.length); y += 1)
          for (let x = across; x < across + cell.colSpan; x += 1) rows[y][x] = text;
      }
    });
    const width = Math.max(...rows.map((row) => row.length));
    return rows.filter((row) => row.length).map((row) => Array.from({ length: width }, (_, at) => row[at] ?? ""));
  }

  const flat = (blocks) => blocks.flatMap((block) =>
    block.runs ? line(block.runs) : block.items ? block.items.map((item) => flat(item.lines)) : block.rows.map((row) => row.join(" "))
  ).map((text) => text.replace(/\s*\n/g, " ")).join("; ");

  function listLines(items, size) {
    const pads = [""], counts = [];
    return items.filter((item) => item.lines.length).map(({ depth, number, lines }) => {
      counts.length = depth + 1;
      counts[depth] = number === "next" ? (counts[depth] ?? 0) + 1 : number;
      const mark = number ? `${counts[depth]}. ` : "- ";
      const pad = pads[depth] ?? "";
      pads[depth + 1] = pad + " ".repeat(mark.length);
      const text = lines.map((block) => (block.runs ? line(block.runs) : flat([block]))).join("  \n");
      return size === "line" ? text : pad + mark + text.replace(/\n/g, `\n${pads[depth + 1]}`);
    }).join("\n");
  }

  function tableLines(rows, size) {
    if (size !== "long") return rows.map(([first, ...others]) => `${size === "short" ? "- " : ""}${[first, others.filter(Boolean).join("; ")].filter(Boolean).join(": ")}`).join("\n");
    const shown = rows.map((row) => `| ${row.map((text) => text.replace(/\\?\|/g, "\\|")).join(" | ")} |`);
    return [shown[0], `|${" --- |".repeat(rows[0].length)}`, ...shown.slice(1)].join("\n");
  }

  window.markdownFromHtml = (html, size) => {
    const body = parsed(html);
    if (!body.querySelector(MARKED)) return null;
    const blocks = blocksOf(body);
    const top = Math.min(...blocks.filter((block) => block.level).map((block) => block.level));
    const texts = [];
    blocks.forEach((block, at) => {
      let text = "";
      if (block.kind === "text") text = line(block.runs);
      if (block.kind === "list") text = listLines(block.items, size);
      if (block.kind === "table") text = tableLines(block.rows, size);
      if (block.kind === "heading" && (text = line(block.runs, { plain: true })))
        text = size === "long" ? `${block.level === top ? "###" : "####"} ${text}` : `**${text}**`;
      // Word on the web gives each item a list of its own.
      const goesOn = block.kind === "list" && blocks[at - 1]?.kind === "list";
      if (text) texts.push(texts.length ? (goesOn || size === "line" ? "\n" : "\n\n") : "", text);
    });
    const text = texts.join("");
    const isBlock = blocks.length > 1 || blocks[0]?.kind !== "text";
    // Even if nothing is left: the browser's own paste would bring the struck words back.
    if (body.querySelector(STRUCK)) return { text, isBlock };
    return text && (isBlock || /[*[\\⁰-₎¹²³]|\n/.test(text)) ? { text, isBlock } : null;
  };
}

/* "My list": medicines kept in this browser only, only when asked, and wiped in one click. Slugs alone, never what was typed. */
const KEY = "side-effects-my-list";
const part = (name) => document.getElementById(`my-list-${name}`);

function kept() {
  try {
    const slugs = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(slugs) ? slugs.filter((slug) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) : [];
  } catch {
    return [];
  }
}

const tick = (slug) => document.querySelector(`#ask input[name="medicine"][value="${slug}"]`);
const nameOf = (slug) => tick(slug)?.closest("label").innerText.trim() ?? slug;

/* What the answer above is about: chosen by ticks, or understood from the words. */
function asked() {
  const understood = document.querySelectorAll('#check_results [data-understood="medicine"]');
  return [...new Set([...understood].map((link) => link.dataset.slug))];
}

function show(message = "") {
  const list = kept();
  const now = asked();
  const isNew = now.length > 0 && now.some((slug) => !list.includes(slug));
  part("use").hidden = !list.length || list.every((slug) => now.includes(slug));
  part("keep").hidden = !isNew;
  part("wipe").hidden = !list.length;
  part("status").textContent = message || (list.length ? `Your list on this device: ${list.map(nameOf).join(", ")}.` : "");
  document.getElementById("my_list").hidden = !(list.length || isNew || message);
}

function store(slugs, message) {
  try {
    if (slugs.length) localStorage.setItem(KEY, JSON.stringify(slugs));
    else localStorage.removeItem(KEY);
    show(message);
  } catch {
    show("This browser does not let us keep a list. Save the address of this page instead.");
  }
}

if (document.getElementById("my_list")) {
  part("hint").hidden = true;
  part("keep").addEventListener("click", () => store([...new Set([...kept(), ...asked()])], ""));
  part("wipe").addEventListener("click", () => store([], "Your list is deleted from this device."));
  part("use").addEventListener("click", () => {
    for (const slug of kept()) if (tick(slug)) tick(slug).checked = true;
    document.getElementById("ask").requestSubmit();
  });
  document.addEventListener("htmx:after:swap", () => show());
  show();
}

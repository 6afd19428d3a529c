// The work list with a keyboard: moving, choosing, claiming. Without this script the list is links, tick boxes and one form.

const form = document.querySelector("form[data-lavori]");
const keys = {};

function rows() {
  return [...form.querySelectorAll("tr[data-attivita]")];
}

function currentRow() {
  return document.activeElement?.closest("tr[data-attivita]") ?? null;
}

function move(step) {
  const all = rows();
  const at = all.indexOf(currentRow());
  const next = at < 0 ? all[step > 0 ? 0 : all.length - 1] : all[Math.min(Math.max(at + step, 0), all.length - 1)];
  next?.querySelector("a.apri").focus();
  next?.scrollIntoView({ block: "nearest" });
}

const box = (row) => row.querySelector("input[name=attivita]");
const isChosen = (row) => box(row)?.checked ?? false;

let anchor = null;

function choose(range) {
  const row = currentRow();
  if (!row || !box(row)) return;
  const all = rows();
  const from = range && anchor ? all.indexOf(anchor) : all.indexOf(row);
  const to = all.indexOf(row);
  const value = range && anchor ? box(anchor).checked : !box(row).checked;
  for (const each of all.slice(Math.min(from, to), Math.max(from, to) + 1)) box(each).checked = value;
  anchor = row;
  refresh();
}

// A verb acts on what is chosen; with nothing chosen, on the row the keyboard stands on.
function act(verb) {
  const button = form.querySelector(`.massa button[value="${verb}"]`);
  if (!button) return;
  if (!rows().some(isChosen)) {
    const row = currentRow();
    if (!row) return;
    box(row).checked = true;
  }
  form.requestSubmit(button);
}

function refresh() {
  const chosen = rows().filter(isChosen);
  for (const row of rows()) row.classList.toggle("scelta", isChosen(row));
  const bar = form.querySelector(".massa");
  if (!bar) return;
  const words = bar.querySelector("[data-conta]");
  words.textContent = chosen.length === 1 ? words.dataset.una : words.dataset.tante.replace("#", chosen.length);
  const notes = chosen.map((row) => row.dataset.nota).filter(Boolean);
  const note = bar.querySelector("[data-note]");
  const told = notes.length > 2 ? note.dataset.tante.replace("#", notes.length) : notes.join(" ");
  note.textContent = told || note.dataset.sempre;
  const all = form.querySelector("[data-tutte]");
  if (all) {
    all.checked = chosen.length === rows().length;
    all.indeterminate = chosen.length > 0 && !all.checked;
  }
}

function start() {
  const all = form.querySelector("[data-tutte]");
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const row of rows()) box(row).checked = all.checked;
      refresh();
    });
  }
  form.addEventListener("change", (event) => event.target.name === "attivita" && refresh());
  form.querySelector("[data-annulla]")?.addEventListener("click", () => {
    for (const row of rows()) box(row).checked = false;
    refresh();
  });
  keys.j = () => move(1);
  keys.k = () => move(-1);
  keys.x = () => choose(false);
  keys.X = () => choose(true);
  keys.c = () => act("prendi");
  keys.r = () => act("rilascia");
  refresh();
}

function startFilters() {
  const filters = document.querySelector("details[data-filtri]");
  if (!filters) return;
  keys.f = () => {
    filters.open = true;
    filters.querySelector("a, summary").focus();
  };
}

// Panels that open from a summary close with Escape, and when something else is clicked.
function startPanels() {
  const panels = [...document.querySelectorAll("details[data-menu]")];
  document.addEventListener("keydown", (event) => {
    const open = panels.find((panel) => panel.open && panel.contains(document.activeElement));
    if (event.key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    for (const panel of panels) if (!panel.contains(event.target)) panel.open = false;
  });
}

function startCopy() {
  const copy = document.querySelector("[data-copia]");
  if (!copy || !navigator.clipboard) return;
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href);
    copy.textContent = copy.dataset.fatto;
  });
}

document.addEventListener("scorciatoia", (event) => {
  const run = keys[event.detail];
  if (!run) return;
  event.preventDefault();
  run();
});
if (form) start();
startFilters();
startPanels();
startCopy();

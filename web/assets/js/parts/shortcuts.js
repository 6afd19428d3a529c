// Single-letter shortcuts: they act only outside fields, and not at all for those who switched them off (WCAG 2.1, 2.1.4).
// Keys that belong to one page reach its own script as a "scorciatoia" event.

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const CHORD_MS = 1500;

let chordUntil = 0;

const everywhere = {
  "?": openOverlay,
  "/": () => {
    const field = document.querySelector("[role=search] input[type=search]");
    field?.focus();
    field?.select();
  },
  g: () => {
    chordUntil = performance.now() + CHORD_MS;
  },
};

function openOverlay() {
  const overlay = document.querySelector("dialog[data-scorciatoie]");
  if (!overlay) return;
  const back = document.activeElement;
  overlay.addEventListener("close", () => back?.focus(), { once: true });
  overlay.showModal();
}

function isForUs(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.key.length !== 1) return false;
  if (document.body.dataset.scorciatoie === "no") return false;
  return !event.target.closest?.(TYPING) && !document.querySelector("dialog[open]");
}

function onDown(event) {
  if (!isForUs(event)) return;
  if (performance.now() < chordUntil) {
    chordUntil = 0;
    document.querySelector(`[data-vai="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
    return;
  }
  const ours = everywhere[event.key];
  if (ours) {
    event.preventDefault();
    ours();
    return;
  }
  const told = new CustomEvent("scorciatoia", { detail: event.key, cancelable: true });
  if (!document.dispatchEvent(told)) event.preventDefault();
}

document.addEventListener("keydown", onDown);
for (const opener of document.querySelectorAll("[data-apri-scorciatoie]")) {
  opener.hidden = false;
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    openOverlay();
  });
}

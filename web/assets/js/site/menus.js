// Menus of the work pages: burger and magnifier open what CSS keeps closed on narrow screens.
export function watchMenus() {
  for (const button of document.querySelectorAll("button[data-apre]")) {
    button.addEventListener("click", () => toggle(button));
  }
  document.addEventListener("click", (event) => closeOthers(event.target));
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeFocused());
  showCurrentTab();
}

function toggle(button) {
  const target = document.getElementById(button.dataset.apre);
  const open = target.classList.toggle("aperto");
  button.setAttribute("aria-expanded", String(open));
  if (open) target.querySelector("input, a")?.focus();
}

function closeOthers(clicked) {
  for (const menu of document.querySelectorAll("details.persona[open]")) {
    if (!menu.contains(clicked)) menu.open = false;
  }
}

function closeFocused() {
  const menu = document.activeElement?.closest("details.persona[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

// A row of tabs wider than the screen starts on the current one.
function showCurrentTab() {
  for (const tabs of document.querySelectorAll(".schede")) {
    const current = tabs.querySelector("[aria-current]");
    if (current) tabs.scrollLeft = current.offsetLeft - tabs.offsetLeft - 40;
  }
}

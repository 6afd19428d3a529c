// A button that prints: without scripts the browser's own command does the same, so the button stays hidden.
export function watchPrint() {
  for (const button of document.querySelectorAll("button[data-stampa]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

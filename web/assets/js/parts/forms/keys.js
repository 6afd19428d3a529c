// Ctrl+S keeps the draft, Ctrl+Invio presses the main button once confirmed, Alt+↑ goes to what must be corrected.

const ACTIONS = {
  s: (form, draft) => draft.keep(),
  enter: (form) => {
    const main = form.querySelector(".azioni-fisse .btn-primary");
    if (confirm(`«${main.textContent.trim()}»: vado avanti?`)) form.requestSubmit(main);
  },
};

export function listen(form, draft) {
  form.addEventListener("keydown", (event) => {
    // In a field with suggestions the return key picks one: it never sends the form.
    if (event.key === "Enter" && event.target.list && !event.ctrlKey && !event.metaKey) event.preventDefault();
    if (event.altKey && event.key === "ArrowUp") document.getElementById("errori")?.focus();
    const act = (event.ctrlKey || event.metaKey) && ACTIONS[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act(form, draft);
  });
}

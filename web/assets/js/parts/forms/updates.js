// Questions that depend on answers, and rows of a list: the server draws the page again, what differs is put in place.
import { merge } from "./merging.js";
import { post } from "./posts.js";

const PAUSE = 500;
const CHANGES_ROWS = /^(aggiungi|togli):/;

// What the answers will send, beside the form.
function preview(page) {
  const drawn = page.querySelector("[data-anteprima]");
  if (drawn) document.querySelector("[data-anteprima]")?.replaceWith(document.adoptNode(drawn));
}

class Updates {
  constructor(form, draft) {
    this.form = form;
    this.draft = draft;
    this.voice = form.appendChild(document.createElement("span"));
    this.voice.className = "visually-hidden";
    this.voice.setAttribute("role", "status");
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), wait);
  }

  // The page as the server draws it now: undefined when a later request has overtaken this one, null when it is no form.
  async drawn(action) {
    clearTimeout(this.timer);
    const mine = (this.latest = {});
    const answer = await post(this.form, this.form.action, action);
    if (this.latest !== mine) return undefined;
    if (!answer.ok || answer.redirected) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (this.latest !== mine) return undefined;
    preview(page);
    return page.querySelector(`form[data-modulo="${CSS.escape(this.form.dataset.modulo)}"] [data-campi]`);
  }

  async refresh() {
    const drawn = await this.drawn("aggiorna").catch(() => null);
    if (!drawn) return;
    const labels = merge(this.form.querySelector("[data-campi]"), drawn);
    if (labels.length) this.voice.textContent = `Nuove domande: ${labels.join(", ")}`;
  }

  async changeRows(button) {
    const list = button.closest("[data-elenco]");
    const drawn = await this.drawn(button.value).catch(() => null);
    if (drawn === undefined) return;
    const fresh = drawn?.querySelector(`[data-elenco][data-componente="${CSS.escape(list.dataset.componente)}"]`);
    if (!fresh) return this.form.requestSubmit(button);
    list.replaceWith(document.adoptNode(fresh));
    this.draft.changed();
    this.settle(fresh, button.value.startsWith("aggiungi:"));
  }

  settle(list, added) {
    const rows = list.querySelectorAll(":scope > [data-riga]");
    const last = rows[rows.length - 1];
    const first = added && last?.querySelector("input:not([type=hidden]), select, textarea");
    (first || list).focus();
    this.voice.textContent = added ? "Voce aggiunta." : "Voce tolta.";
  }
}

const typing = (field) => field.matches("textarea, input:not([type=radio], [type=checkbox])");

export function follow(form, draft) {
  const updates = new Updates(form, draft);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=_azione]");
    if (!button || !CHANGES_ROWS.test(button.value)) return;
    event.preventDefault();
    updates.changeRows(button);
  });
  if (!("reattivo" in form.dataset)) return;
  form.addEventListener("submit", () => clearTimeout(updates.timer));
  form.addEventListener("change", () => updates.soon(0));
  form.addEventListener("input", (event) => { if (typing(event.target)) updates.soon(PAUSE); });
}

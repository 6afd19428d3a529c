// A draft leaves for the server shortly after typing stops, again when the page is hidden, and again until it arrives.
import { post, underway } from "./posts.js";

const PAUSE = 1500;
const PATIENCE = 5000;
const RETRIES = [5000, 15000, 30000, 60000];

class Draft {
  constructor(form, status) {
    this.form = form;
    this.status = status;
    this.unsaved = 0;
    this.failures = 0;
    this.last = status?.textContent.trim().split(" ").pop() ?? "";
  }

  changed() {
    this.unsaved += 1;
    this.leaving = false;
    this.after(PAUSE);
  }

  keep() {
    this.unsaved ||= 1;
    return this.save();
  }

  after(wait) {
    clearTimeout(this.timer);
    if (this.form.dataset.bozza) this.timer = setTimeout(() => this.save(), wait);
  }

  async save(keepalive = false) {
    if (!this.unsaved || !this.form.dataset.bozza || this.leaving) return;
    clearTimeout(this.timer);
    const carried = this.unsaved;
    try {
      this.saved(await this.send(keepalive), carried);
    } catch (problem) {
      this.failed(problem);
    }
  }

  async send(keepalive) {
    const headers = { Accept: "application/json" };
    const answer = await post(this.form, this.form.dataset.bozza, "salva", { keepalive, headers });
    if (!answer.headers.get("Content-Type")?.includes("json")) throw new Refusal(answer);
    const told = await answer.json();
    if (!answer.ok) throw new Refusal(answer, told.messaggio);
    return told.salvata;
  }

  saved(hour, carried) {
    this.failures = 0;
    this.last = hour;
    this.unsaved -= carried;
    this.say(`Bozza salvata alle ${hour}`, true);
    if (this.unsaved) this.after(PAUSE);
  }

  failed(problem) {
    const wait = RETRIES[Math.min(this.failures, RETRIES.length - 1)];
    this.failures += 1;
    if (problem instanceof Refusal) return this.say(problem.message, false);
    this.say(`Manca la rete. Continua pure: riprovo da sola.${this.last ? ` Ultima copia alle ${this.last}.` : ""}`, false);
    this.after(wait);
  }

  say(words, good) {
    if (!this.status) return;
    this.status.classList.toggle("incerta", !good);
    this.status.querySelector("[data-segno]").hidden = !good;
    this.status.querySelector("[data-parole]").textContent = words;
  }
}

class Refusal extends Error {
  constructor(answer, words) {
    super(words ?? (answer.redirected || answer.status === 401 ? Refusal.OVER : Refusal.OURS));
  }

  static OVER = "La sessione è finita. Entra di nuovo in un’altra scheda: qui resta tutto.";
  static OURS = "La bozza non si salva per un nostro errore. Quello che hai scritto resta qui.";
}

// A form is sent after the copies of it that are on their way, or they could cover it: at most a few seconds later.
function letArrive(form, event) {
  if (form.dataset.parte === "si" || !underway(form)) return;
  event.preventDefault();
  if (form.dataset.parte) return;
  form.dataset.parte = "aspetta";
  const late = new Promise((over) => { setTimeout(over, PATIENCE); });
  Promise.race([underway(form), late]).then(() => {
    form.dataset.parte = "si";
    form.requestSubmit(event.submitter);
    delete form.dataset.parte;
  });
}

export function keepDraft(form) {
  const draft = new Draft(form, form.querySelector("[data-salvata]"));
  form.addEventListener("input", () => draft.changed());
  form.addEventListener("change", () => draft.changed());
  form.addEventListener("submit", (event) => {
    draft.leaving = true;
    clearTimeout(draft.timer);
    letArrive(form, event);
  });
  addEventListener("online", () => draft.save());
  addEventListener("pageshow", () => { draft.leaving = false; });
  document.addEventListener("visibilitychange", () => { if (document.hidden) draft.save(true); });
  addEventListener("beforeunload", (event) => {
    if (draft.unsaved && !draft.leaving) event.preventDefault();
  });
  return draft;
}

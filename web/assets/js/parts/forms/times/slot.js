// One time that may be chosen: its box or dot in the list, and its button in the week when that is on the screen.
import { fullName } from "./days.js";
import { block, element } from "./grid.js";

export class Slot {
  constructor(input) {
    this.input = input;
    this.line = input.closest(".scelta-r");
    this.day = input.closest("[data-giorno]").dataset.giorno;
    this.at = block(input, this.day);
    this.hours = input.dataset.fine ? `${input.dataset.inizio}–${input.dataset.fine}` : input.dataset.inizio;
    this.badge = this.line.appendChild(element("span", "stato blu"));
    this.badge.hidden = true;
  }

  get words() {
    return `${fullName(this.day)}, ${this.hours}`;
  }

  // A button that says its hours, its place among those chosen, and its day to who cannot see the column.
  button() {
    const made = element("button", "posto");
    made.type = "button";
    this.mark = element("span", "");
    made.append(element("span", "", this.hours), this.mark, element("span", "visually-hidden", ` ${fullName(this.day)}`));
    made.tabIndex = -1;
    return (this.drawn = made);
  }

  // ``place`` is 0 when it is not chosen, and nothing when only one may be.
  say(place) {
    const named = this.input.checked && place;
    this.badge.hidden = !named;
    this.badge.textContent = named ? `${place}ª proposta` : "";
    if (!this.drawn) return;
    this.drawn.setAttribute("aria-pressed", String(this.input.checked));
    this.mark.replaceChildren(...(named ? [`${place}ª`, element("span", "visually-hidden", " proposta")] : []));
  }

  choose() {
    this.input.checked = this.input.type === "radio" || !this.input.checked;
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

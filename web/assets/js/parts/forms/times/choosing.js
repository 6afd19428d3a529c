// A field of a form whose options are times: the week above its list. Both show the same choice; the list is what is sent.
import { backdropOf } from "./backdrop.js";
import { mondayOf, plus, span } from "./days.js";
import { Grid } from "./grid.js";
import { Slot } from "./slot.js";

const NOTHING = "Nessun orario libero";
const GAP = 45;

class Choosing {
  constructor(field) {
    this.field = field;
    this.most = Number(field.dataset.massimo) || Infinity;
    this.slots = [...field.querySelectorAll("[data-giorno] input[data-inizio]")].map((input) => new Slot(input));
    this.first = mondayOf(this.slots[0].day);
    this.last = mondayOf(this.slots[this.slots.length - 1].day);
    this.box = this.part("settimana");
    this.told = this.part("scelti");
    for (const part of field.querySelectorAll("[data-con-script]")) part.hidden = false;
    this.listen();
    this.show(mondayOf((this.chosen[0] ?? this.slots[0]).day));
  }

  part(name) {
    return this.field.querySelector(`[data-${name}]`);
  }

  get chosen() {
    return this.slots.filter((slot) => slot.input.checked);
  }

  get inWeek() {
    return this.slots.filter((slot) => mondayOf(slot.day) === this.monday);
  }

  listen() {
    this.field.addEventListener("change", (event) => this.changed(event.target));
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("click", (event) => this.inWeek.find((slot) => slot.drawn === event.target.closest("button"))?.choose());
    for (const button of this.field.querySelectorAll("[data-gira]")) {
      button.addEventListener("click", () => this.turn(Number(button.dataset.gira)));
    }
  }

  show(monday) {
    this.monday = monday;
    for (const slot of this.slots) slot.drawn = null;
    this.draw();
    for (const day of this.field.querySelectorAll("[data-giorno]")) {
      day.hidden = mondayOf(day.dataset.giorno) !== monday;
    }
    this.tell();
    this.behind();
  }

  draw(backdrop = null) {
    const slots = this.inWeek;
    const grid = new Grid(this.box, this.monday, [...slots.map((slot) => slot.at), ...(backdrop?.blocks ?? [])]);
    this.part("nome").textContent = span(this.monday, grid.last);
    for (let place = 0; place < grid.days; place += 1) this.ground(grid, plus(this.monday, place), backdrop);
    for (const busy of backdrop?.engagements ?? []) grid.engaged(busy);
    slots.forEach((slot, place) => grid.place(slot.button(), untilNext(slot.at, slots[place + 1]?.at)));
    if (slots.length) (slots.find((slot) => slot.input.checked) ?? slots[0]).drawn.tabIndex = 0;
    this.mark();
  }

  ground(grid, day, backdrop) {
    const free = this.inWeek.filter((slot) => slot.day === day).map((slot) => slot.at);
    const known = backdrop?.days[day];
    const told = known && free.every((at) => known.open.some((open) => open.begins <= at.begins && at.ends <= open.ends));
    const open = told ? known.open : runs(free);
    grid.around(day, open, (told && known.reason) || NOTHING);
    for (const stretch of open) grid.open({ ...stretch, day });
  }

  // What else the week holds is asked for; the times can be chosen before it comes.
  async behind() {
    const monday = this.monday;
    const backdrop = await backdropOf(monday);
    if (!backdrop || monday !== this.monday) return;
    const focused = this.inWeek.findIndex((slot) => slot.drawn === document.activeElement);
    this.draw(backdrop);
    this.part("impegni").hidden = !backdrop.engagements.length;
    this.part("chiuso").textContent = "chiuso o occupato";
    if (focused >= 0) this.focus(this.inWeek[focused]);
  }

  mark() {
    this.slots.forEach((slot) => slot.say(this.most > 1 && slot.input.type === "checkbox" ? this.chosen.indexOf(slot) + 1 : 0));
  }

  tell(first = "") {
    const words = this.chosen.map((slot) => slot.words).join("; ");
    const empty = this.inWeek.length ? "" : "In questa settimana non ci sono orari liberi. ";
    this.told.textContent = first + empty + (words ? `Hai scelto: ${words}.` : "Non hai ancora scelto.");
  }

  changed(input) {
    const slot = this.slots.find((each) => each.input === input);
    if (!slot) return this.mark();
    const many = this.chosen.length > this.most;
    if (many) input.checked = false;
    this.mark();
    this.tell(many ? `Puoi scegliere fino a ${this.most} orari: per questo, prima togline un altro. ` : "");
  }

  turn(step) {
    const monday = plus(this.monday, 7 * step);
    if (monday < this.first) return this.tell("Prima di questa settimana non ci sono orari liberi. ");
    if (monday > this.last) return this.tell("Dopo questa settimana non ci sono altri orari. ");
    this.show(monday);
  }

  focus(slot) {
    if (!slot) return;
    for (const each of this.inWeek) each.drawn.tabIndex = each === slot ? 0 : -1;
    slot.drawn.focus();
  }

  key(event) {
    const here = this.inWeek.find((slot) => slot.drawn === event.target);
    const step = { PageUp: -1, PageDown: 1 }[event.key];
    const next = here && this.beside(here, event.key);
    if (!step && !next) return;
    event.preventDefault();
    if (step) this.turn(step);
    this.focus(step ? this.inWeek[0] : next);
  }

  // Up and down within a day; left and right to the nearest hour of the nearest day that has one.
  beside(here, key) {
    const slots = this.inWeek;
    const sameDay = (slot) => slot?.day === here.day;
    const near = (day) => slots.filter((slot) => slot.day === day).sort((one, other) => far(one, here) - far(other, here))[0];
    if (key === "ArrowUp") return [slots[slots.indexOf(here) - 1]].find(sameDay) ?? here;
    if (key === "ArrowDown") return [slots[slots.indexOf(here) + 1]].find(sameDay) ?? here;
    if (key === "ArrowLeft") return near(slots.filter((slot) => slot.day < here.day).pop()?.day) ?? here;
    if (key === "ArrowRight") return near(slots.find((slot) => slot.day > here.day)?.day) ?? here;
    return null;
  }
}

const far = (one, other) => Math.abs(one.at.begins - other.at.begins);

// Times that overlap the next one are drawn down to where that begins.
function untilNext(at, next) {
  return next?.day === at.day && next.begins < at.ends && next.begins > at.begins ? { ...at, ends: next.begins } : at;
}

// Stretches of a day in which times follow each other without room for another.
function runs(blocks) {
  const found = [];
  for (const { begins, ends } of blocks) {
    const last = found[found.length - 1];
    if (last && begins - last.ends < GAP) last.ends = Math.max(last.ends, ends);
    else found.push({ begins, ends });
  }
  return found;
}

function start(root) {
  for (const field of root.querySelectorAll("[data-orari]:not([data-pronto])")) {
    field.dataset.pronto = "";
    if (field.querySelector("[data-giorno] input[data-inizio]")) new Choosing(field);
  }
}

// A field may also come later, when another answer changes what it offers.
export function watchTimes(form) {
  start(form);
  new MutationObserver(() => start(form)).observe(form, { childList: true, subtree: true });
}

// A week drawn as a grid: one column for each day, rows of a quarter of an hour. It holds buttons, bands and engagements.
import { dateOf, minutes, nameOf, plus } from "./days.js";

const QUARTER = 15;
const ROW = 14;
const TOUCH = 26;
const USUAL = [9 * 60, 18 * 60];

export function element(tag, name, text = "") {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}

export class Grid {
  // ``blocks`` are all the things of the week that have an hour; they say how early and how late the day must reach.
  constructor(box, monday, blocks) {
    this.box = box;
    this.monday = monday;
    this.days = blocks.some((block) => block.day === plus(monday, 6)) ? 7 : blocks.some((block) => block.day === plus(monday, 5)) ? 6 : 5;
    this.from = Math.floor(Math.min(USUAL[0], ...blocks.map((block) => block.begins)) / 60) * 60;
    this.to = Math.ceil(Math.max(USUAL[1], ...blocks.map((block) => block.ends)) / 60) * 60;
    this.shortest = Math.max(1, Math.min(4, ...blocks.map((block) => (block.ends - block.begins) / QUARTER)));
    this.frame();
  }

  get last() {
    return plus(this.monday, this.days - 1);
  }

  frame() {
    const rows = (this.to - this.from) / QUARTER;
    this.box.replaceChildren();
    this.box.style.gridTemplateColumns = `56px repeat(${this.days}, minmax(0, 1fr))`;
    this.box.style.gridTemplateRows = `auto repeat(${rows}, ${Math.max(ROW, Math.ceil(TOUCH / this.shortest))}px)`;
    for (let place = 0; place < this.days; place += 1) this.heading(plus(this.monday, place), place);
    for (let hour = this.from; hour < this.to; hour += 60) this.hour(hour);
  }

  heading(day, place) {
    this.put(element("div", "colonna"), place + 2, "2 / -1");
    const head = element("div", "intesta", nameOf(day));
    head.append(element("small", "", dateOf(day)));
    this.put(head, place + 2, 1);
  }

  hour(hour) {
    const line = element("div", "riga-o");
    line.style.gridRow = this.row(hour);
    const name = element("div", hour === this.from ? "ora prima" : "ora", `${hour / 60}:00`);
    name.setAttribute("aria-hidden", "true");
    this.box.append(line);
    this.put(name, 1, this.row(hour));
  }

  row(minute) {
    return Math.round((minute - this.from) / QUARTER) + 2;
  }

  put(piece, column, row) {
    piece.style.gridColumn = column;
    piece.style.gridRow = row;
    this.box.append(piece);
    return piece;
  }

  place(piece, { day, begins, ends }) {
    const column = Math.round((Date.parse(day) - Date.parse(this.monday)) / 86400000) + 2;
    const first = this.row(Math.max(begins, this.from));
    return this.put(piece, column, `${first} / ${Math.max(first + 1, this.row(Math.min(ends, this.to)))}`);
  }

  // A stretch that holds nothing: hatched, with its reason where it is long enough to be read.
  closed(block, reason) {
    return this.place(element("div", "chiuso", block.ends - block.begins >= 60 ? reason : ""), block);
  }

  open(block) {
    return this.place(element("div", "aperto"), block);
  }

  engaged(busy) {
    const piece = element("div", "impegno", busy.hours);
    piece.append(document.createElement("br"), busy.words);
    return this.place(piece, busy);
  }

  // Everything of a day that is not open is hatched.
  around(day, open, reason) {
    let from = this.from;
    for (const { begins, ends } of [...open, { begins: this.to, ends: this.to }]) {
      if (begins > from) this.closed({ day, begins: from, ends: begins }, reason);
      from = Math.max(from, ends);
    }
  }
}

export function block(part, day) {
  const begins = minutes(part.dataset.inizio);
  const ends = part.dataset.fine ? minutes(part.dataset.fine) : begins + 2 * QUARTER;
  return { day, begins, ends: ends > begins ? ends : begins + QUARTER };
}

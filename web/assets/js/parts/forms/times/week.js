// Draws the list of a week's engagements as a grid. Those that meet stand side by side.
import { minutes } from "./days.js";
import { Grid, block, element } from "./grid.js";

// «9:00–12:00 15:00–18:00» as stretches of a day.
function stretches(text, day) {
  return text.split(" ").filter(Boolean).map((hours) => {
    const [from, to] = hours.split("–");
    return { day, begins: minutes(from), ends: minutes(to) };
  });
}

function whole(line) {
  return line.dataset.inizio === "0:00" && line.dataset.fine === "24:00";
}

class Line {
  constructor(line, day) {
    this.line = line;
    this.whole = whole(line);
    this.at = block(line, day);
    this.lane = 0;
    this.lanes = 1;
  }

  meets(other) {
    return this.at.begins < other.at.ends && other.at.begins < this.at.ends;
  }

  drawn() {
    const { indirizzo, tono, tipo, ore, chi } = this.line.dataset;
    const made = element(indirizzo ? "a" : "div", `impegno ${tipo} ${tono}`, ore);
    if (indirizzo) made.href = indirizzo;
    made.append(document.createElement("br"), chi);
    return made;
  }
}

// Gives each of the engagements that meet a lane of its own.
function share(lines) {
  let together = [];
  for (const line of lines) {
    if (!together.some((other) => other.meets(line))) together = [];
    const taken = together.filter((other) => other.meets(line)).map((other) => other.lane);
    while (taken.includes(line.lane)) line.lane += 1;
    together.push(line);
    const lanes = Math.max(...together.map((other) => other.lane)) + 1;
    for (const other of together) other.lanes = lanes;
  }
}

function side(piece, { lane, lanes }) {
  if (lanes === 1) return;
  piece.style.marginLeft = `calc(${(100 * lane) / lanes}% + 4px)`;
  piece.style.width = `calc(${100 / lanes}% - 6px)`;
}

// «Giornate» are the ground on which that day's meetings stand.
function drawDay(grid, section, agenda) {
  const day = section.dataset.giorno;
  const lines = [...section.querySelectorAll("li[data-inizio]")].map((line) => new Line(line, day));
  if ("aperto" in section.dataset) {
    const open = stretches(section.dataset.aperto, day);
    grid.around(day, open, section.dataset.chiuso || agenda.dataset.chiuso);
    for (const stretch of open) grid.open(stretch);
  }
  const [grounds, others] = [lines.filter((line) => line.line.dataset.tipo === "giornata"), lines.filter((line) => line.line.dataset.tipo !== "giornata")];
  for (const ground of grounds) grid.place(element("div", "giornata", ""), ground.at);
  share(others);
  for (const line of others) side(grid.place(line.drawn(), line.at), line);
}

export function drawWeek(agenda) {
  const sections = [...agenda.querySelectorAll("[data-giorno]")];
  const blocks = sections.flatMap((section) => [
    ...stretches(section.dataset.aperto ?? "", section.dataset.giorno),
    ...[...section.querySelectorAll("li[data-inizio]")].filter((line) => !whole(line)).map((line) => block(line, section.dataset.giorno)),
  ]);
  agenda.querySelector("[data-con-script]").hidden = false;
  const grid = new Grid(agenda.querySelector("[data-settimana]"), agenda.dataset.agenda, blocks);
  for (const section of sections) drawDay(grid, section, agenda);
  agenda.addEventListener("keydown", (event) => {
    const way = { PageUp: "prev", PageDown: "next" }[event.key];
    if (!way || !event.target.closest("[data-settimana]")) return;
    event.preventDefault();
    agenda.querySelector(`a[rel="${way}"]`).click();
  });
}

// What else a week holds beside the times that may be chosen: closed hours with their reason, engagements. Only pages of
// who works have it; elsewhere there is nothing to ask.
import { block } from "./grid.js";

const stretch = ([inizio, fine], day) => block({ dataset: { inizio, fine } }, day);

function read(told) {
  const days = {};
  const engagements = [];
  for (const day of told.giorni) {
    days[day.giorno] = { reason: day.chiuso, open: day.aperto.map((hours) => stretch(hours, day.giorno)) };
    for (const busy of day.impegni) engagements.push({ ...stretch([busy.inizio, busy.fine], day.giorno), words: busy.parole, hours: `${busy.inizio}–${busy.fine}` });
  }
  return { days, engagements, blocks: [...Object.values(days).flatMap((day) => day.open), ...engagements] };
}

export async function backdropOf(monday) {
  const source = document.querySelector("[data-agenda-sfondo]")?.dataset.agendaSfondo;
  if (!source) return null;
  const answer = await fetch(`${source}?lunedi=${monday}`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  return read(await answer.json());
}

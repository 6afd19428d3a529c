// The week of the agenda, drawn from its list; the list stays, and is all there is on a phone and without scripts.
import { drawWeek } from "../parts/forms/times/week.js";

for (const agenda of document.querySelectorAll("[data-agenda]")) drawWeek(agenda);

"""Commands about desks: set opening hours, closures, extraordinary openings and patron days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from desk import comuni
from desk.calendar import Closure, Patron
from desk.comuni.hours import ExtraordinaryOpening
from web.commands import typed
from web.commands.listing import show
from web.commands.wiring import CONSOLE, Wiring, example, pass_wiring

if TYPE_CHECKING:
    from datetime import date, time

    from desk.comuni.hours import WeeklyHours

of_comune = click.argument(
    "code", type=typed.istat_code, metavar="CODICE", help="Codice ISTAT del Comune, per esempio 001042."
)


@click.command(epilog=example("comune find Burolo", "comune find borgofranco ivrea", "comune find 001042"))
@click.argument(
    "words", nargs=-1, required=True, metavar="PAROLA...", help="Parole del nome, codice ISTAT o catastale."
)
@pass_wiring
def find(wiring: Wiring, words: tuple[str, ...]) -> None:
    """Trova il codice ISTAT di un Comune."""
    with wiring.snapshot() as uow:
        found = ((each.istat, f"{each.name} ({each.province})") for each in comuni.find(uow, " ".join(words)))
        show(found, "Nessun Comune si chiama così. Se manca l’elenco, caricalo con «sportello comune import».")


@click.command(epilog=example('comune hours 001042 "mar 9:00-12:30" "gio 15:00-18:00"'))
@of_comune
@click.argument(
    "hours",
    nargs=-1,
    type=typed.weekly,
    metavar="[ORARIO]...",
    help="Per esempio «mar 9:00-12:30»; senza, toglie tutto.",
)
@pass_wiring
def hours(wiring: Wiring, code: str, hours: tuple[WeeklyHours, ...]) -> None:
    """Scrivi gli orari della settimana, al posto di quelli che ci sono."""
    with wiring.unit_of_work() as uow:
        comuni.set_hours(uow, code, hours, CONSOLE)


@click.command(epilog=example("comune close 001042 2026-12-24 2026-12-31 ferie"))
@of_comune
@click.argument("first", type=typed.day, metavar="PRIMO", help="Primo giorno, per esempio 2026-12-24.")
@click.argument("last", type=typed.day, metavar="ULTIMO", help="Ultimo giorno compreso, per esempio 2026-12-31.")
@click.argument("reason", type=typed.sentence, metavar="MOTIVO", help="Per esempio «ferie».")
@pass_wiring
def close(wiring: Wiring, code: str, first: date, last: date, reason: str) -> None:
    """Dichiara una chiusura, dal primo all’ultimo giorno compresi."""
    with wiring.unit_of_work() as uow:
        comuni.close(uow, code, Closure(first, last, reason), CONSOLE)


@click.command("open", epilog=example('comune open 001042 2026-12-12 9:00-12:00 "sabato dello sportello"'))
@of_comune
@click.argument("day", type=typed.day, metavar="GIORNO", help="Per esempio 2026-12-12.")
@click.argument("hours", type=typed.interval, metavar="ORARIO", help="Per esempio 9:00-12:00.")
@click.argument("reason", type=typed.sentence, metavar="MOTIVO", help="Per esempio «sabato dello sportello».")
@pass_wiring
def open_on(wiring: Wiring, code: str, day: date, hours: tuple[time, time], reason: str) -> None:
    """Dichiara un’apertura straordinaria di un giorno."""
    with wiring.unit_of_work() as uow:
        comuni.open_on(uow, code, ExtraordinaryOpening(day, *hours, reason), CONSOLE)


@click.command(epilog=example('comune patron 001042 06-29 "Santi Pietro e Paolo"'))
@of_comune
@click.argument("day", type=typed.day_of_year, metavar="MESE-GIORNO", help="Per esempio 06-29 per il 29 giugno.")
@click.argument("name", type=typed.sentence, metavar="FESTA", help="Per esempio «Santi Pietro e Paolo».")
@pass_wiring
def patron(wiring: Wiring, code: str, day: tuple[int, int], name: str) -> None:
    """Scrivi quando cade la festa del patrono."""
    with wiring.unit_of_work() as uow:
        comuni.set_patron(uow, code, Patron(*day, name), CONSOLE)


COMMANDS = (find, hours, close, open_on, patron)

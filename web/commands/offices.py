"""Opening hours, closures and patron days from the console."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, time

import click

from desk import comuni
from desk.calendar import Closure, Patron
from desk.hours import ExtraordinaryOpening, WeeklyHours
from web.commands.changing import change
from web.commands.wiring import CONSOLE, Wiring, pass_wiring

WEEKDAYS = ("lun", "mar", "mer", "gio", "ven", "sab", "dom")
HOURS = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


def _interval(text: str) -> tuple[time, time]:
    """Read ``9:00-12:30``; a text that is no interval is refused with an example."""
    if found := HOURS.fullmatch(text):
        opens_at, opens_past, closes_at, closes_past = (int(number) for number in found.groups())
        with suppress(ValueError):
            return time(opens_at, opens_past), time(closes_at, closes_past)
    raise click.BadParameter(f"«{text}» non è un orario: scrivi per esempio 9:00-12:30")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise click.BadParameter(f"«{text}» non è una data: scrivi per esempio 2026-12-24") from wrong


def _weekly(text: str) -> WeeklyHours:
    weekday, _, hours = text.strip().partition(" ")
    if weekday[:3].casefold() not in WEEKDAYS:
        raise click.BadParameter(f"«{text}» non ha un giorno: scrivi per esempio «mar 9:00-12:30»")
    return WeeklyHours(WEEKDAYS.index(weekday[:3].casefold()), *_interval(hours.strip()))


@click.command()
@click.argument("words", nargs=-1, required=True)
@pass_wiring
def find(wiring: Wiring, words: tuple[str, ...]) -> None:
    """Trova il codice ISTAT di un Comune."""
    with wiring.store.snapshot() as uow:
        for each in comuni.find(uow, " ".join(words)):
            click.echo(f"{each.istat}\t{each.name} ({each.province})")


@click.command()
@click.argument("code")
@click.argument("hours", nargs=-1)
@pass_wiring
def hours(wiring: Wiring, code: str, hours: tuple[str, ...]) -> None:
    """Scrivi gli orari della settimana, per esempio «mar 9:00-12:30» «gio 15:00-18:00»."""
    weekly = [_weekly(text) for text in hours]
    change(wiring, lambda uow: comuni.set_hours(uow, code, weekly, CONSOLE))


@click.command()
@click.argument("code")
@click.argument("first")
@click.argument("last")
@click.argument("reason")
@pass_wiring
def close(wiring: Wiring, code: str, first: str, last: str, reason: str) -> None:
    """Dichiara una chiusura, dal primo all’ultimo giorno compresi."""
    closure = Closure(_day(first), _day(last), reason)
    change(wiring, lambda uow: comuni.close(uow, code, closure, CONSOLE))


@click.command("open")
@click.argument("code")
@click.argument("day")
@click.argument("hours")
@click.argument("reason")
@pass_wiring
def open_on(wiring: Wiring, code: str, day: str, hours: str, reason: str) -> None:
    """Dichiara un’apertura straordinaria, per esempio 2026-12-12 9:00-12:00."""
    opening = ExtraordinaryOpening(_day(day), *_interval(hours), reason)
    change(wiring, lambda uow: comuni.open_on(uow, code, opening, CONSOLE))


@click.command()
@click.argument("code")
@click.argument("day")
@click.argument("name")
@pass_wiring
def patron(wiring: Wiring, code: str, day: str, name: str) -> None:
    """Scrivi quando cade la festa del patrono, per esempio 06-29 «Santi Pietro e Paolo»."""
    kept = _day(f"2028-{day}")  # a leap year: a patron may be kept on 29 February
    change(wiring, lambda uow: comuni.set_patron(uow, code, Patron(kept.month, kept.day, name), CONSOLE))


COMMANDS = (find, hours, close, open_on, patron)

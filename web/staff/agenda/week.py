"""«Agenda»: show one week of an analyst, of a Comune or of everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import render_template, request, url_for

from desk import agenda, comuni, people
from desk.access import Role
from desk.calendar import local_date
from engine.forms import date_of
from web.request.access import for_roles
from web.request.context import current_actor, current_visitor, now, store
from web.staff.agenda.frame import READERS, analysts, frame
from web.staff.agenda.lines import AgendaLine, closed_words, lines_of, open_words
from web.staff.agenda.rooms import own_comuni
from web.words.dates import short_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desk.agenda import Week
    from engine.store import UnitOfWork

EVERYBODY = ""
SATURDAY = 5
YEARS = range(2000, 2100)


@dataclass(frozen=True)
class DayLines:
    """One day as the page tells it."""

    giorno: date
    chiuso: str
    aperto: list[str]
    voci: list[AgendaLine]


@dataclass(frozen=True)
class Whose:
    """Whose week it is: an analyst's, a Comune's, or everybody's when neither is chosen.

    ``campo`` is the field that chooses, ``scelte`` what it offers, by value.
    """

    campo: str
    scelte: Mapping[str, str]
    scelto: str

    @property
    def istat(self) -> str | None:
        return self.scelto or None if self.campo == "comune" else None

    @property
    def analyst(self) -> str | None:
        return self.scelto or None if self.campo == "analista" else None


@for_roles(*READERS)
def page() -> str:
    with store().snapshot(now()) as uow:
        whose = _whose(uow)
        week = agenda.week(uow, whose.istat, whose.analyst, monday_asked(), viewer=current_actor())
        towns = comuni.joined_names(uow)
        names = people.names(uow, _people(week))
    shown = {} if whose.analyst else names
    days = [_day(each, shown, towns) for each in week.days]
    return render_template(
        "staff/agenda/week.html",
        **frame("pagina"),
        di_chi=whose,
        giorni=[day for day in days if day.giorno.weekday() < SATURDAY or day.voci or day.aperto],
        oggi=local_date(now()),
        lunedi=week.monday,
        titolo=_title(week),
        prima=_address(week.previous, whose),
        dopo=_address(week.following, whose),
        questa=_address(present(), whose),
        nome_questa="Questa settimana" if present() == local_date(now()) else "La prossima settimana",
        vuota=not any(day.voci for day in days),
    )


def monday_asked() -> date:
    """Give a day of the week asked for; of the present one when none was, or it is no day."""
    asked = date_of(request.args.get("lunedi", ""))
    return asked if asked and asked.year in YEARS else present()


def present() -> date:
    """Give the day whose week is worked in: on Saturday and Sunday it is the week that begins on Monday."""
    today = local_date(now())
    return today if today.weekday() < SATURDAY else today + timedelta(days=7 - today.weekday())


def _whose(uow: UnitOfWork) -> Whose:
    role = current_visitor().role
    if role == Role.REFERENTE:
        own = own_comuni(uow)
        asked = request.args.get("comune", "")
        return Whose("comune", own, asked if asked in own else next(iter(own), ""))
    known = analysts(uow)
    if role == Role.ANALISTA:
        return Whose("analista", known, next(iter(known)))
    asked = request.args.get("analista", EVERYBODY)
    return Whose("analista", {EVERYBODY: "Tutti gli analisti", **known}, asked if asked in known else EVERYBODY)


def _people(week: Week) -> set[str]:
    met = {each.analyst for day in week.days for each in day.engagements if each.analyst}
    return met | {each.username for day in week.days for each in day.desk_days}


def _day(day: agenda.AgendaDay, names: Mapping[str, str], towns: Mapping[str, str]) -> DayLines:
    return DayLines(day.day, closed_words(day), open_words(day), lines_of(day, names, towns))


def _title(week: Week) -> str:
    """Say a week as «30 novembre – 6 dicembre»."""
    return f"{short_day(week.monday)} – {short_day(week.days[-1].day)}"


def _address(day: date, whose: Whose) -> str:
    chosen = {whose.campo: whose.scelto} if whose.scelto else {}
    return url_for("agenda.pagina", lunedi=day.isoformat(), **chosen)  # type: ignore[arg-type]  # names of the query

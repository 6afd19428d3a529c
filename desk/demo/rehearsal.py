"""Furnish a database in memory for scenarios: the Comuni they name, with the hours of any town hall."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from desk import comuni
from desk.access import Role
from desk.comuni import istat
from desk.comuni.hours import WeeklyHours
from engine.identity import EVERYWHERE, Actor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.store import UnitOfWork

STAGEHAND = Actor("prova", {Role.ADMINISTRATOR}, {EVERYWHERE})
HOURS = tuple(
    WeeklyHours(day, opens, closes) for day in range(5) for opens, closes in ((time(9), time(11)), (time(16), time(17)))
)
"""Monday to Friday, from 9 to 11 and from 16 to 17."""


def furnish(uow: UnitOfWork, scopes: Iterable[str]) -> None:
    """Let the Comuni of these ISTAT codes join; scopes that are no Comune are left alone."""
    wanted = set(scopes)
    istat.import_list(uow)
    known = {comune.istat for scope in wanted for comune in comuni.find(uow, scope)}
    for code in sorted(wanted & known):
        comuni.join(uow, code, comuni.Office(room="Sala di prova", demonstration=True), STAGEHAND)
        comuni.set_hours(uow, code, HOURS, STAGEHAND)

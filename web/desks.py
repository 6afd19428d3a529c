"""Desks as the public pages show them: where, who receives, when they open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk import comuni, people
from desk.access import Role
from desk.calendar import local_date
from web.opening import DayHours, Words, opening_words, weekly_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from desk.model import Comune
    from engine.store import UnitOfWork


@dataclass(frozen=True)
class Desk:
    """One Comune's desk, as a card shows it."""

    comune: Comune
    opening: Words
    hours: Sequence[DayHours]
    referenti: Sequence[str]


def desks_of(uow: UnitOfWork, towns: Iterable[Comune]) -> list[Desk]:
    """Say of each Comune when its desk is open and who receives there, in a fixed number of statements."""
    referenti = _referenti(uow)
    return [_desk(uow, comune, referenti.get(comune.istat, ())) for comune in towns]


def _desk(uow: UnitOfWork, comune: Comune, referenti: Sequence[str]) -> Desk:
    timetable = comuni.timetable_of(comune)
    opening = opening_words(timetable.status(uow.now), uow.now)
    return Desk(comune, opening, weekly_words(timetable, local_date(uow.now)), referenti)


def _referenti(uow: UnitOfWork) -> Mapping[str, list[str]]:
    """Name the referenti of every Comune."""
    named: dict[str, list[str]] = defaultdict(list)
    for user in people.holding(uow, Role.REFERENTE):
        for istat in people.scopes(user, Role.REFERENTE):
            named[istat].append(user.name)
    return named

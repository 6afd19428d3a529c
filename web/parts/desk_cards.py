"""Draw desks as the public pages show them: where, who receives, when they open."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from desk import comuni, people
from desk.calendar import local_date
from desk.people import mandates
from web.words.opening_hours import DayHours, OpeningWords, opening_words, weekly_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from desk.model import Comune
    from engine.store import UnitOfWork

MOST_CARDS = 12
"""With more Comuni than these one looks for a name instead of reading them all."""
RECEIVES_NONE = OpeningWords("Per ora non riceve richieste", "attesa")
"""Whatever its hours: nobody there is trained and charged."""


@dataclass(frozen=True)
class Desk:
    """One Comune's desk, as a card shows it."""

    comune: Comune
    opening: OpeningWords
    hours: Sequence[DayHours]
    #: Names of those who receive requests today; without any the desk receives none.
    referenti: Sequence[str]


def desks_of(uow: UnitOfWork, towns: Iterable[Comune]) -> list[Desk]:
    """Say of each Comune when its desk is open and who receives there, in a fixed number of statements."""
    referenti = _referenti(uow)
    return [_desk(uow, comune, referenti.get(comune.istat, ())) for comune in towns]


def _desk(uow: UnitOfWork, comune: Comune, referenti: Sequence[str]) -> Desk:
    timetable = comuni.timetable_of(comune)
    opening = opening_words(timetable.status(uow.now), uow.now) if referenti else RECEIVES_NONE
    return Desk(comune, opening, weekly_words(timetable, local_date(uow.now)), referenti)


def _referenti(uow: UnitOfWork) -> Mapping[str, list[str]]:
    """Name those who receive requests in every Comune."""
    receiving = mandates.receiving(uow, local_date(uow.now))
    names = people.names(uow, chain.from_iterable(receiving.values()))
    return {istat: sorted(names[username] for username in usernames) for istat, usernames in receiving.items()}

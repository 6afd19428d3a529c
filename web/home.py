"""The first page: what the desk is, which Comuni have one, when they are open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from desk import comuni, people
from desk.access import Role
from desk.calendar import local_date
from web.access import for_everyone
from web.context import now, store
from web.opening import DayHours, Words, opening_words, weekly_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk.model import Comune
    from engine.store import UnitOfWork

pages = Blueprint("home", __name__)


@dataclass(frozen=True)
class Desk:
    """One Comune's desk, as a card shows it."""

    comune: Comune
    opening: Words
    hours: Sequence[DayHours]
    referenti: Sequence[str]


@pages.get("/")
@for_everyone
def page() -> str:
    with store().snapshot() as uow:
        desks = [desk_of(uow, comune) for comune in comuni.joined(uow)]
        return render_template("pagine/home.html", sportelli=desks, sezione="sportello")


def desk_of(uow: UnitOfWork, comune: Comune) -> Desk:
    """Say when a Comune's desk is open and who receives there."""
    timetable = comuni.timetable_of(comune)
    return Desk(
        comune,
        opening_words(timetable.status(now()), now()),
        weekly_words(timetable, local_date(now())),
        [user.name for user in people.holding(uow, Role.REFERENTE, comune.istat)],
    )

"""Load the demonstration: invented people and sixty cases at every stage, made by running the process.

Nothing is inserted as a row: every case is opened, registered, forwarded, analysed by the verbs that the pages call,
each at its own moment of the past months, and the timers that were due meanwhile have fired. The same day gives the
same data.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from desk import comuni
from desk.calendar import local_date
from desk.demo import sealed
from desk.demo.desks_and_people import ACCOUNTS, ANALISTI, PASSWORD, PLACES, REFERENTI, furnish
from desk.demo.moves import MOVES, PLOTS, Walk
from desk.demo.requests import requests_of
from desk.demo.timeline import lay_out
from desk.errors import DeskInUse
from desk.facilities.transport import ShownHere
from desk.mail import delivery
from desk.model import Case, Comune, Erasure, User
from engine import jobs

if TYPE_CHECKING:
    from datetime import date, datetime

    from desk.demo.moves import Move
    from desk.facilities import Facilities
    from engine.store import Store, UnitOfWork

    Diary = list[tuple[datetime, int, Move, Walk]]

__all__ = ["ACCOUNTS", "PASSWORD", "clear", "is_whole", "load"]

LEAD = timedelta(days=150)
"""How long before today the desks were opened."""


def is_whole(store: Store) -> bool:
    """Say whether the demonstration has been loaded to its end; what was erased of it since counts as loaded."""
    with store.snapshot() as uow:
        people = uow.connection.scalar(select(func.count()).select_from(User).where(User.demonstration)) or 0
        there = sum(uow.connection.scalar(select(func.count()).select_from(each)) or 0 for each in (Case, Erasure))
    return people >= len(ACCOUNTS) and there >= sum(len(requests_of(place.istat)) for place in PLACES)


def clear(store: Store) -> None:
    """Empty every table of what is no whole demonstration.

    Raises:
        DeskInUse: people or desks that are not invented are in this database.

    """
    with store.unit_of_work() as uow:
        _refuse_real_data(uow)
        for schema in reversed(store.schemas):
            for table in reversed(schema.metadata.sorted_tables):
                uow.connection.execute(delete(table))


def load(store: Store, facilities: Facilities) -> int:
    """Load the demonstration and return how many cases it has; the process ``richiesta`` must be deployed.

    It is there as a whole or not at all, whatever stops it. What was written to people meanwhile has reached them: the
    pages of the demonstration show it.

    Raises:
        DeskInUse: people or desks that are not invented are in this database.
        UnknownProcess: the process is not deployed.

    """
    now = store.clock()
    with store.all_or_nothing() as whole:
        with whole.unit_of_work(now - LEAD) as uow:
            _refuse_real_data(uow)
            furnish(uow, local_date(now))
        with whole.snapshot(now) as uow:
            diary = _diary(uow, local_date(now))
        _live(whole, diary)
        jobs.run_due(whole, now)
        sealed.show(whole, facilities)
        while delivery.deliver_due(whole, ShownHere()):
            continue
    return len({id(walk) for *_, walk in diary})


def _live(store: Store, diary: Diary) -> None:
    """Make every move at its moment, after the timers that were due before it."""
    for moment, _, move, walk in sorted(diary, key=lambda entry: entry[:2]):
        jobs.run_due(store, moment)
        with store.unit_of_work(moment) as uow:
            move.act(uow, walk)


def _refuse_real_data(uow: UnitOfWork) -> None:
    people = select(User.username).where(~User.demonstration)
    desks = select(Comune.istat).where(Comune.joined_on.is_not(None), ~Comune.demonstration)
    if any(uow.connection.execute(found.limit(1)).first() for found in (people, desks)):
        raise DeskInUse


def _diary(uow: UnitOfWork, today: date) -> Diary:
    """Write down every move of every case with its moment."""
    diary: Diary = []
    for place in PLACES:
        comune = comuni.get_joined(uow, place.istat)
        timetable = comuni.timetable_of(comune)
        for number, request in enumerate(requests_of(place.istat)):
            dice = Random(f"{place.istat} {request.title}")  # noqa: S311  # a story, not a secret
            moves = [MOVES[name] for name in PLOTS[request.plot]]
            timeline = lay_out(moves, request.idle, today, timetable, dice)
            analista = ANALISTI[number % len(ANALISTI)].actor
            referente = REFERENTI[place.istat].actor
            walk = Walk(request, place.istat, comune.name, place.room, referente, analista, timeline.meeting, dice)
            diary += [(at, len(diary), move, walk) for at, move in zip(timeline.moments, moves, strict=True)]
    return diary

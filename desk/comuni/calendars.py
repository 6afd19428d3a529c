"""Give FEEL the desk's functions: working days in the calendar of the case's Comune, and where its desk is.

``working days after(from, n)``
    the n-th working day after ``from``, which is not counted; before it, for a negative n. Given a date, a date; given
    a date and time, the last second of that day in Italy, when the term is over.
``working days between(a, b)``
    how many working days lie after ``a`` up to ``b`` included.
``is working day(d)``
    whether ``d`` is one.
``desk room()``
    where the Comune's desk receives people, as the Comune wrote it.

As DMN 1.5 §10.3.4 has it for its own functions, an argument of another kind gives null.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import and_, select

from desk.calendar import ITALY, Closure, Patron, TooFar, WorkingCalendar, local_date
from desk.model import Comune, SpecialDay
from engine.civil_time import ROME

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.store import Functions, Store, UnitOfWork

NAMES = frozenset({"working days after", "working days between", "is working day", "desk room"})
FRESH = timedelta(minutes=1)
"""How long a calendar read by this program is taken as still true; other programs may change it meanwhile."""

_known: WeakKeyDictionary[Store, dict[str, tuple[datetime, WorkingCalendar]]] = WeakKeyDictionary()


def functions(uow: UnitOfWork, scope: str | None) -> Functions:
    """Give the functions for the cases of one Comune; the calendar is read when one of them is first called."""
    days = _WorkingDays(uow, scope)
    return {
        "working days after": days.after,
        "working days between": days.between,
        "is working day": days.is_working_day,
        "desk room": lambda: uow.connection.execute(select(Comune.room).where(Comune.istat == scope)).scalar(),
    }


def calendar(uow: UnitOfWork, scope: str | None) -> WorkingCalendar:
    """Give the working days of a Comune, without asking the database again for one read lately."""
    return ITALY if scope is None else calendars(uow, (scope,))[scope]


def calendars(uow: UnitOfWork, scopes: Iterable[str]) -> dict[str, WorkingCalendar]:
    """Give the working days of several Comuni: those not read lately are read in one statement."""
    known = _known.setdefault(uow.store, {})
    wanted = set(scopes)
    stale = {scope for scope in wanted if scope not in known or abs(uow.now - known[scope][0]) > FRESH}
    if stale:
        read = _read(uow, stale)
        known.update({scope: (uow.now, read.get(scope, ITALY)) for scope in stale})
    return {scope: known[scope][1] for scope in wanted}


def forget(store: Store, scope: str) -> None:
    """Read the Comune's calendar again the next time that it is needed."""
    _known.get(store, {}).pop(scope, None)


def _read(uow: UnitOfWork, scopes: set[str]) -> dict[str, WorkingCalendar]:
    closures = and_(SpecialDay.istat == Comune.istat, SpecialDay.kind == "closure")
    statement = (
        select(Comune.istat, Comune.patron_month, Comune.patron_day, Comune.patron_name)
        .add_columns(SpecialDay.first, SpecialDay.last, SpecialDay.reason)
        .outerjoin(SpecialDay, closures)
        .where(Comune.istat.in_(sorted(scopes)))
        .order_by(Comune.istat, SpecialDay.first)
    )
    by_comune = groupby(uow.connection.execute(statement).all(), key=lambda row: row.istat)
    return {istat: _calendar(list(rows)) for istat, rows in by_comune}


def _calendar(rows: Sequence[Any]) -> WorkingCalendar:
    """Make one Comune's calendar from its rows, one for each closure and at least one."""
    _, month, day, name = rows[0][:4]
    patron = Patron(month, day, name or "festa del patrono") if month and day else None
    return WorkingCalendar(patron, tuple(Closure(*row[4:]) for row in rows if row.first))


class _WorkingDays:
    """The three functions, bound to a transaction and a Comune."""

    def __init__(self, uow: UnitOfWork, scope: str | None) -> None:
        self._uow = uow
        self._scope = scope

    @cached_property
    def _calendar(self) -> WorkingCalendar:
        return calendar(self._uow, self._scope)

    def after(self, start: Any, count: Any) -> date | datetime | None:
        number = _whole(count)
        if number is None or not isinstance(start, date):
            return None
        with suppress(TooFar):
            if isinstance(start, datetime):
                return self._calendar.deadline(_aware(start), number)
            return self._calendar.after(start, number)
        return None

    def between(self, first: Any, last: Any) -> Decimal | None:
        if not isinstance(first, date) or not isinstance(last, date):
            return None
        return Decimal(self._calendar.between(_day(first), _day(last)))

    def is_working_day(self, day: Any) -> bool | None:
        return self._calendar.is_working_day(_day(day)) if isinstance(day, date) else None


def _whole(number: Any) -> int | None:
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        return None
    return int(number) if number == int(number) else None


def _day(value: date) -> date:
    return local_date(_aware(value)) if isinstance(value, datetime) else value


def _aware(moment: datetime) -> datetime:
    """Take a moment without a zone as one of Italian time, which is what people here mean."""
    return moment if moment.tzinfo else moment.replace(tzinfo=ROME)

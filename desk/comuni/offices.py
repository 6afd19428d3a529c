"""Keep the Comuni that joined: join, describe and find them, set their hours, closures and patron day."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import and_, select, true
from sqlalchemy.orm import selectinload

from desk.access import Permission, require
from desk.calendar import Closure, Interval, Patron, WorkingCalendar, local_date
from desk.comuni import calendars
from desk.comuni.hours import ExtraordinaryOpening, Timetable, WeeklyHours, refuse_impossible
from desk.errors import (
    ComuneNotFound,
    ComuneNotJoined,
    InvalidHours,
    InvalidPeriod,
    OverlappingHours,
    SpecialDayNotFound,
)
from desk.model import Comune, OpeningHours, SpecialDay
from desk.searching import patterns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement, Select

    from engine.identity import Actor
    from engine.store import UnitOfWork

CLOSURE, OPENING = "closure", "opening"
PATRON = "festa del patrono"


@dataclass(frozen=True)
class Office:
    """What a Comune tells about its desk; anything unknown is left out."""

    address: str | None = None
    room: str | None = None
    accessibility: str | None = None
    phone: str | None = None
    email: str | None = None
    pec: str | None = None
    presentation: str | None = None
    demonstration: bool = False


def get(uow: UnitOfWork, istat: str) -> Comune:
    """Give a Comune of the ISTAT list.

    Raises:
        ComuneNotFound: no Comune has this code.

    """
    comune = uow.session.scalars(_whole().where(Comune.istat == istat)).one_or_none()
    if comune is None:
        raise ComuneNotFound(istat)
    return comune


def get_joined(uow: UnitOfWork, istat: str) -> Comune:
    """Give a Comune that has a desk.

    Raises:
        ComuneNotFound, ComuneNotJoined: it has none.

    """
    comune = get(uow, istat)
    if comune.joined_on is None:
        raise ComuneNotJoined(istat)
    return comune


def joined(uow: UnitOfWork) -> Sequence[Comune]:
    """List the Comuni that have a desk, by name, in a fixed number of statements."""
    return uow.session.scalars(_whole().where(Comune.joined_on.is_not(None)).order_by(Comune.search)).all()


def names(uow: UnitOfWork, istats: Iterable[str]) -> Sequence[str]:
    """Give the names of some Comuni, in alphabetical order."""
    return uow.connection.scalars(select(Comune.name).where(Comune.istat.in_(istats)).order_by(Comune.search)).all()


def chosen(uow: UnitOfWork, istats: Iterable[str]) -> Sequence[Comune]:
    """Give those of these Comuni that have a desk, by name, in a fixed number of statements."""
    have_desk = _whole().where(Comune.joined_on.is_not(None), Comune.istat.in_(sorted(istats)))
    return uow.session.scalars(have_desk.order_by(Comune.search)).all()


def joined_names(
    uow: UnitOfWork, text: str = "", *, among: Iterable[str] | None = None, limit: int | None = None
) -> dict[str, str]:
    """Give the names of the Comuni that have a desk, or that a text finds of them, by ISTAT code, in one statement."""
    where = Comune.joined_on.is_not(None), _says(text), true() if among is None else Comune.istat.in_(sorted(among))
    rows = select(Comune.istat, Comune.name).where(*where).order_by(Comune.search).limit(limit)
    return {row.istat: row.name for row in uow.connection.execute(rows)}


def find(uow: UnitOfWork, text: str, limit: int = 20) -> Sequence[Comune]:
    """Find present Comuni by the words of their name, or by their ISTAT or Belfiore code, in alphabetical order."""
    present = select(Comune).where(_says(text), Comune.suppressed_on.is_(None))
    return uow.session.scalars(present.order_by(Comune.search, Comune.istat).limit(limit)).all()


def _says(text: str) -> ColumnElement[bool]:
    named = and_(true(), *(Comune.search.like(pattern, escape="\\") for pattern in patterns(text)))
    code = text.strip().upper()
    return named | (Comune.istat == code) | (Comune.belfiore == code)


def join(uow: UnitOfWork, istat: str, office: Office, actor: Actor) -> Comune:
    """Open the desk of a Comune; for one that has it already, what is told about its office changes, and nothing else.

    Raises:
        ComuneNotFound: no Comune has this code.
        NotAllowed: the actor's role does not let Comuni join.

    """
    require(actor, Permission.JOIN_COMUNE)
    comune = get(uow, istat)
    comune.joined_on = comune.joined_on or local_date(uow.now)
    for name, value in asdict(office).items():
        if value is not None:
            setattr(comune, name, value)
    return comune


def describe(uow: UnitOfWork, istat: str, office: Office, actor: Actor) -> None:
    """Say where a desk is and how one reaches it; whether it is invented stays as it is.

    Raises:
        ComuneNotFound, ComuneNotJoined, NotAllowed: the actor has no such desk to change.

    """
    lock_desk(uow, istat)
    comune = managed(uow, istat, actor)
    for name, value in asdict(replace(office, demonstration=comune.demonstration)).items():
        setattr(comune, name, value)


def set_hours(uow: UnitOfWork, istat: str, weekly: Sequence[WeeklyHours], actor: Actor) -> None:
    """Replace the weekly hours of a desk.

    Raises:
        ComuneNotFound, ComuneNotJoined, NotAllowed: the actor has no such desk to change.
        InvalidHours, InvalidPeriod, OverlappingHours: the hours cannot be kept.

    """
    lock_desk(uow, istat)
    comune = managed(uow, istat, actor)
    refuse_impossible(weekly)
    comune.hours = [OpeningHours(**asdict(each)) for each in weekly]


def set_patron(uow: UnitOfWork, istat: str, patron: Patron | None, actor: Actor) -> None:
    """Say on which day the Comune keeps its patron's feast, or that it is not known.

    Raises:
        ComuneNotFound, ComuneNotJoined, NotAllowed: the actor has no such desk to change.

    """
    lock_desk(uow, istat)
    comune = managed(uow, istat, actor)
    known = (patron.name, patron.month, patron.day) if patron else (None, None, None)
    comune.patron_name, comune.patron_month, comune.patron_day = known
    calendars.forget(uow.store, istat)


def close(uow: UnitOfWork, istat: str, closure: Closure, actor: Actor) -> None:
    """Declare the Comune closed for some days: they are no working days, and the desk does not open.

    A closure declared twice is one.

    Raises:
        ComuneNotFound, ComuneNotJoined, NotAllowed: the actor has no such desk to change.
        InvalidPeriod: the closure ends before it begins.

    """
    lock_desk(uow, istat)
    comune = managed(uow, istat, actor)
    if closure.last < closure.first:
        raise InvalidPeriod
    _add(comune, SpecialDay(kind=CLOSURE, **asdict(closure)))
    calendars.forget(uow.store, istat)


def open_on(uow: UnitOfWork, istat: str, opening: ExtraordinaryOpening, actor: Actor) -> None:
    """Open the desk on one day, even one on which it would be closed; it does not make that a working day.

    An opening announced twice is one.

    Raises:
        ComuneNotFound, ComuneNotJoined, NotAllowed: the actor has no such desk to change.
        InvalidHours: the hours end before they begin.
        OverlappingHours: another extraordinary opening of the day has some of these hours.

    """
    lock_desk(uow, istat)
    comune = managed(uow, istat, actor)
    if not opening.opens < opening.closes:
        raise InvalidHours(opening.day.weekday(), opening.opens, opening.closes)
    day = {"first": opening.day, "last": opening.day, "opens": opening.opens, "closes": opening.closes}
    added = SpecialDay(kind=OPENING, reason=opening.reason, **day)
    _refuse_overlap(comune, added)
    _add(comune, added)


def remove_special_day(uow: UnitOfWork, istat: str, special_day_id: int, actor: Actor) -> None:
    """Take back a closure or an extraordinary opening; one that is over stays, for terms were counted with it.

    Raises:
        ComuneNotFound, ComuneNotJoined, NotAllowed: the actor has no such desk to change.
        SpecialDayNotFound: the desk has none with this number that is not over.

    """
    lock_desk(uow, istat)
    comune = managed(uow, istat, actor)
    today, days = local_date(uow.now), comune.special_days
    removed = next((day for day in days if day.id == special_day_id and day.last >= today), None)
    if removed is None:
        raise SpecialDayNotFound(special_day_id)
    comune.special_days.remove(removed)
    calendars.forget(uow.store, istat)


def calendar_of(comune: Comune) -> WorkingCalendar:
    """Give the Comune's working days."""
    closures = (each for each in comune.special_days if each.kind == CLOSURE)
    return WorkingCalendar(patron_of(comune), tuple(Closure(each.first, each.last, each.reason) for each in closures))


def patron_of(comune: Comune) -> Patron | None:
    """Give the patron's feast of the Comune, if it is known when it is kept."""
    if comune.patron_month is None or comune.patron_day is None:
        return None
    return Patron(comune.patron_month, comune.patron_day, comune.patron_name or PATRON)


def timetable_of(comune: Comune) -> Timetable:
    """Give all that says when the Comune's desk is open."""
    openings = (
        ExtraordinaryOpening(each.first, each.opens, each.closes, each.reason)
        for each in comune.special_days
        if each.opens and each.closes
    )
    return Timetable(tuple(_weekly(each) for each in comune.hours), tuple(openings), calendar_of(comune))


def _weekly(row: OpeningHours) -> WeeklyHours:
    return WeeklyHours(row.weekday, row.opens, row.closes, row.valid_from, row.valid_to, row.every_weeks)


def _whole() -> Select[Comune]:
    """Read Comuni with their hours and special days, in one statement each."""
    return select(Comune).options(selectinload(Comune.hours), selectinload(Comune.special_days))


def lock_desk(uow: UnitOfWork, istat: str) -> None:
    """Let nobody else change a desk until the transaction ends: what it keeps is read, then written."""
    row = select(Comune.istat).where(Comune.istat == istat)
    uow.connection.execute(row.with_for_update(key_share=True))


def managed(uow: UnitOfWork, istat: str, actor: Actor) -> Comune:
    """Give the desk that the actor keeps.

    Raises:
        ComuneNotFound, ComuneNotJoined, NotAllowed: the actor keeps no such desk.

    """
    require(actor, Permission.MANAGE_OFFICE, istat)
    return get_joined(uow, istat)


def _add(comune: Comune, added: SpecialDay) -> None:
    if not any(_tells(each) == _tells(added) for each in comune.special_days):
        comune.special_days.append(added)


def _tells(day: SpecialDay) -> tuple[object, ...]:
    return day.kind, day.first, day.last, day.opens, day.closes, day.reason


def _refuse_overlap(comune: Comune, added: SpecialDay) -> None:
    """Refuse an opening that has some hours of another of the same day, unless it is that same one."""
    hours = _hours_of(added)
    for each in comune.special_days:
        other = _hours_of(each) if each.first == added.first and _tells(each) != _tells(added) else None
        if hours and other and hours.opens < other.closes and other.opens < hours.closes:
            raise OverlappingHours(added.first.weekday(), hours, other)


def _hours_of(day: SpecialDay) -> Interval | None:
    return Interval(day.opens, day.closes) if day.opens and day.closes else None

"""The Comuni that joined: their office, hours, closures and calendar."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, select, true
from sqlalchemy.orm import selectinload

from desk import feel_functions
from desk.access import Permission, require
from desk.calendar import Closure, Patron, WorkingCalendar, local_date
from desk.errors import ComuneNotFound, ComuneNotJoined, InvalidHours, InvalidPeriod
from desk.hours import ExtraordinaryOpening, Timetable, WeeklyHours, refuse_impossible
from desk.model import Comune, OpeningHours, SpecialDay
from desk.searching import patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select

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
    return uow.session.scalars(_whole().where(Comune.joined_on.is_not(None)).order_by(Comune.name)).all()


def joined_names(uow: UnitOfWork) -> dict[str, str]:
    """Give the names of the Comuni that have a desk by their ISTAT code, and nothing else of them, in one statement."""
    rows = select(Comune.istat, Comune.name).where(Comune.joined_on.is_not(None)).order_by(Comune.name)
    return {row.istat: row.name for row in uow.connection.execute(rows)}


def find(uow: UnitOfWork, text: str, limit: int = 20) -> Sequence[Comune]:
    """Find present Comuni by the words of their name, or by their ISTAT or Belfiore code, in alphabetical order."""
    named = and_(true(), *(Comune.search.like(pattern, escape="\\") for pattern in patterns(text)))
    code = text.strip().upper()
    matches = named | (Comune.istat == code) | (Comune.belfiore == code)
    present = select(Comune).where(matches, Comune.suppressed_on.is_(None))
    return uow.session.scalars(present.order_by(Comune.search, Comune.istat).limit(limit)).all()


def join(uow: UnitOfWork, istat: str, office: Office, actor: Actor) -> Comune:
    """Open the desk of a Comune; for one that has it already, only what is told about its office changes.

    Raises:
        ComuneNotFound: no Comune has this code.
        NotAllowed: the actor's role does not let Comuni join.

    """
    require(actor, Permission.JOIN_COMUNE)
    comune = get(uow, istat)
    comune.joined_on = comune.joined_on or local_date(uow.now)
    for name, value in asdict(office).items():
        setattr(comune, name, value)
    return comune


def set_hours(uow: UnitOfWork, istat: str, weekly: Sequence[WeeklyHours], actor: Actor) -> None:
    """Replace the weekly hours of a desk.

    Raises:
        ComuneNotFound, ComuneNotJoined, NotAllowed: the actor has no such desk to change.
        InvalidHours, OverlappingHours: the hours cannot be kept.

    """
    comune = _managed(uow, istat, actor)
    refuse_impossible(weekly)
    comune.hours = [OpeningHours(**asdict(each)) for each in weekly]


def set_patron(uow: UnitOfWork, istat: str, patron: Patron | None, actor: Actor) -> None:
    """Say on which day the Comune keeps its patron's feast, or that it is not known.

    Raises:
        ComuneNotFound, ComuneNotJoined, NotAllowed: the actor has no such desk to change.

    """
    comune = _managed(uow, istat, actor)
    comune.patron_name = patron.name if patron else None
    comune.patron_month = patron.month if patron else None
    comune.patron_day = patron.day if patron else None
    feel_functions.forget(uow.store, istat)


def close(uow: UnitOfWork, istat: str, closure: Closure, actor: Actor) -> None:
    """Declare the Comune closed for some days: they are no working days, and the desk does not open.

    Raises:
        ComuneNotFound, ComuneNotJoined, NotAllowed: the actor has no such desk to change.
        InvalidPeriod: the closure ends before it begins.

    """
    comune = _managed(uow, istat, actor)
    if closure.last < closure.first:
        raise InvalidPeriod
    comune.special_days.append(SpecialDay(kind=CLOSURE, **asdict(closure)))
    feel_functions.forget(uow.store, istat)


def open_on(uow: UnitOfWork, istat: str, opening: ExtraordinaryOpening, actor: Actor) -> None:
    """Open the desk on one day, even one on which it would be closed; it does not make that a working day.

    Raises:
        ComuneNotFound, ComuneNotJoined, NotAllowed: the actor has no such desk to change.
        InvalidHours: the hours end before they begin.

    """
    comune = _managed(uow, istat, actor)
    if not opening.opens < opening.closes:
        raise InvalidHours(opening.day.weekday(), opening.opens, opening.closes)
    day = {"first": opening.day, "last": opening.day, "opens": opening.opens, "closes": opening.closes}
    comune.special_days.append(SpecialDay(kind=OPENING, reason=opening.reason, **day))


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


def _managed(uow: UnitOfWork, istat: str, actor: Actor) -> Comune:
    require(actor, Permission.MANAGE_OFFICE, istat)
    return get_joined(uow, istat)

"""Record mandates: who is charged by a Comune to receive its requests, after which training, from when to when.

The programme was announced with a local referente "preventivamente formato", chosen by the Comune among "funzionario,
dipendente, amministratore o volontario": without recorded training, or outside the days of the mandate, nobody
receives requests.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from desk import people
from desk.access import Permission, Role, require
from desk.calendar import local_date
from desk.comuni import offices
from desk.errors import InvalidPeriod, NotQualified, OverlappingMandates, RoleNotHeld, TrainingIncomplete
from desk.lacks import DatedLack, MandateLack
from desk.model import Mandate, RoleGrant, User

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement

    from engine.identity import Actor
    from engine.store import UnitOfWork


class Qualification(StrEnum):
    """What the person is in the Comune that charges them."""

    OFFICIAL = "funzionario"
    EMPLOYEE = "dipendente"
    ELECTED = "amministratore"
    VOLUNTEER = "volontario"


@dataclass(frozen=True)
class Charge:
    """What is recorded of a mandate; the days are both included, and ``ends_on`` may be left open."""

    qualification: Qualification
    starts_on: date
    ends_on: date | None = None
    trained_on: date | None = None
    trained_by: str | None = None
    agreement_on: date | None = None


def record(  # noqa: PLR0913  # whose mandate, where, what it says, and which one it corrects
    uow: UnitOfWork, username: str, istat: str, charge: Charge, actor: Actor, *, instead_of: date | None = None
) -> Mandate:
    """Record a referente's mandate in a Comune; the one that begins on the same day, or ``instead_of``, is corrected.

    Raises:
        NotAllowed: the actor does not record mandates there.
        ComuneNotFound, ComuneNotJoined, UserNotFound: there is no such desk or person.
        RoleNotHeld: the person is no referente of the Comune.
        InvalidPeriod: the mandate ends before it begins.
        TrainingIncomplete: the training has a day or a body, not both, or lies ahead.
        OverlappingMandates: another mandate of the person in the Comune covers some of these days.

    """
    require(actor, Permission.MANAGE_MANDATES, istat)
    offices.get_joined(uow, istat)
    if istat not in people.scopes(people.get(uow, username), Role.REFERENTE):
        raise RoleNotHeld(username, Role.REFERENTE)
    people.lock_person(uow, username)
    _refuse_impossible(charge, local_date(uow.now))
    mandate = _to_write(of(uow, istat, [username])[username], charge, instead_of or charge.starts_on)
    mandate.username, mandate.istat = username, istat
    for name, value in asdict(charge).items():
        setattr(mandate, name, value)
    mandate.recorded_by, mandate.recorded_at = actor.user, uow.now
    uow.session.add(mandate)
    uow.session.flush()
    return mandate


def of(uow: UnitOfWork, istat: str, usernames: Iterable[str]) -> Mapping[str, Sequence[Mandate]]:
    """Give the mandates of people in a Comune, each person's in the order of their days, in one statement."""
    found: dict[str, list[Mandate]] = {username: [] for username in usernames}
    chosen = select(Mandate).where(Mandate.istat == istat, Mandate.username.in_(sorted(found)))
    for mandate in uow.session.scalars(chosen.order_by(Mandate.starts_on)):
        found[mandate.username].append(mandate)
    return found


def held_by(uow: UnitOfWork, username: str, istats: Iterable[str]) -> Mapping[str, Sequence[Mandate]]:
    """Give the mandates of a person in some Comuni, each Comune's in the order of their days, in one statement."""
    found: dict[str, list[Mandate]] = {istat: [] for istat in istats}
    chosen = select(Mandate).where(Mandate.username == username, Mandate.istat.in_(sorted(found)))
    for mandate in uow.session.scalars(chosen.order_by(Mandate.starts_on)):
        found[mandate.istat].append(mandate)
    return found


def lacking(mandates: Sequence[Mandate], today: date) -> tuple[DatedLack, ...]:
    """Say what a person with these mandates in one Comune lacks to receive requests there; nothing when they may."""
    if not mandates:
        return (DatedLack(MandateLack.NO_MANDATE),)
    mandate = nearest(mandates, today)
    untrained = mandate.trained_on is None or mandate.trained_on > today
    lacks = () if _covers(mandate, today) else (_absence(mandate, today),)
    return (*lacks, DatedLack(MandateLack.NOT_TRAINED)) if untrained else lacks


def nearest(mandates: Sequence[Mandate], today: date) -> Mandate:
    """Choose, of one or more, the mandate to speak of: that of today, else the next, else the last that ended."""
    return next((each for each in mandates if each.ends_on is None or today <= each.ends_on), mandates[-1])


def why_not(uow: UnitOfWork, username: str, istat: str, today: date) -> tuple[DatedLack, ...]:
    """Say why somebody may receive no requests at a desk on a day; nothing when they may."""
    return lacking(of(uow, istat, [username])[username], today)


def require_qualified(uow: UnitOfWork, username: str, istat: str) -> None:
    """Raise ``NotQualified`` with its reasons unless the person may receive requests at the desk today."""
    reasons = why_not(uow, username, istat, local_date(uow.now))
    if reasons:
        raise NotQualified(username, istat, reasons)


def receiving(uow: UnitOfWork, today: date) -> Mapping[str, Sequence[str]]:
    """Give for each Comune the user names of those who receive requests there on a day, in one statement.

    A Comune that is missing receives none: nobody there has an account, the role, the training and a mandate.
    """
    held = and_(
        RoleGrant.username == Mandate.username, RoleGrant.scope == Mandate.istat, RoleGrant.role == Role.REFERENTE
    )
    rows = select(Mandate.istat, Mandate.username).join(User).where(User.active, _in_force(today))
    held_rows = rows.join(RoleGrant, held).distinct().order_by(Mandate.istat, Mandate.username)
    found: dict[str, list[str]] = {}
    for row in uow.connection.execute(held_rows):
        found.setdefault(row.istat, []).append(row.username)
    return found


def _in_force(today: date) -> ColumnElement[bool]:
    """Say in SQL what ``lacking`` says of rows: the mandate covers the day, and the training came before."""
    last = or_(Mandate.ends_on.is_(None), Mandate.ends_on >= today)
    return and_(Mandate.starts_on <= today, last, Mandate.trained_on <= today)


def _covers(mandate: Mandate, day: date) -> bool:
    return mandate.starts_on <= day and (mandate.ends_on is None or day <= mandate.ends_on)


def _absence(mandate: Mandate, today: date) -> DatedLack:
    if mandate.starts_on > today:
        return DatedLack(MandateLack.NOT_YET, mandate.starts_on)
    return DatedLack(MandateLack.EXPIRED, mandate.ends_on)


def _refuse_impossible(charge: Charge, today: date) -> None:
    if charge.ends_on is not None and charge.ends_on < charge.starts_on:
        raise InvalidPeriod
    if (charge.trained_on is None) is not (not charge.trained_by) or (charge.trained_on or today) > today:
        raise TrainingIncomplete


def _to_write(held: Sequence[Mandate], charge: Charge, starts_on: date) -> Mandate:
    """Find the mandate that began on a day, or make one, where no other covers any day of the charge."""
    for each in held:
        if each.starts_on != starts_on and _meet(each, charge):
            raise OverlappingMandates(each.username, each.istat, each.starts_on, each.ends_on)
    return next((each for each in held if each.starts_on == starts_on), None) or Mandate()


def _meet(one: Mandate, other: Charge) -> bool:
    starts = max(one.starts_on, other.starts_on)
    return starts <= min(one.ends_on or date.max, other.ends_on or date.max)

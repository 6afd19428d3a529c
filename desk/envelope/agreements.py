"""Record confidentiality agreements: in force between two days, ended at once by a revocation.

Knowledge given without a duty of secrecy is no longer new (CPI art. 46), so the envelope opens only to people whom an
agreement in force names. Nobody records an agreement that names themselves: a role alone would open the envelope.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select, update

from desk import people
from desk.access import Permission, Role
from desk.calendar import local_date
from desk.envelope import log
from desk.envelope.log import Note
from desk.envelope.whose import case_for, is_requester, locked
from desk.errors import InvalidAgreement, NotAllowed
from desk.model import Agreement, AgreementPerson, User
from desk.process_values import ProcessValues
from desk.properties import CASE_BORN, CASE_CO_SIGNER
from desk.searching import in_order
from engine import definitions, instances

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from desk.cases import CaseSummary
    from engine.identity import Actor
    from engine.properties import Property
    from engine.store import UnitOfWork

LETTER = "letters/accordo.typ"
ADULT = 18
LONGEST_YEARS = 10
LONGEST_NAME = 200


class Means(StrEnum):
    """How an agreement was signed."""

    BY_HAND = "autografa"
    DIGITAL = "digitale"
    ADVANCED = "avanzata"


class AgreementKind(StrEnum):
    AGREEMENT = "accordo"
    WAIVER = "rinuncia"


@dataclass(frozen=True)
class NewAgreement:
    """What is written down of a signed agreement; ``id`` is the page's, so that a form sent twice records one."""

    version: str
    signed_on: date
    means: Means
    valid_to: date
    #: User names of those who may open the envelope, and have signed.
    people: Sequence[str]
    signed_by: str = ""
    co_signer: str = ""
    id: str | None = None


@dataclass(frozen=True)
class Recorded:
    """An agreement or a waiver as pages show it."""

    id: str
    kind: AgreementKind
    version: str | None
    digest: str | None
    signed_on: date
    means: Means | None
    signed_by: str
    co_signer: str | None
    valid_to: date | None
    recorded_at: datetime
    recorded_by: str
    revoked_at: datetime | None
    revoked_by: str | None
    #: Names by user name of those it names.
    people: Mapping[str, str]

    def in_force(self, day: date) -> bool:
        return self.revoked_at is None and self.signed_on <= day and (self.valid_to is None or day <= self.valid_to)

    def expired(self, day: date) -> bool:
        return self.revoked_at is None and self.valid_to is not None and self.valid_to < day


def record(uow: UnitOfWork, case_id: str, new: NewAgreement, actor: Actor) -> str:
    """Write down an agreement that was signed; give its id. The same id sent again changes nothing.

    Raises:
        InstanceNotFound, NotAllowed: the actor does not record agreements of this case.
        InvalidAgreement: a member is missing or makes no sense, or names the one who records it.

    """
    case = _recordable(uow, case_id, actor)
    locked(uow, case.id)
    given = new.id or str(uuid4())
    if _is_there(uow, case.id, given):
        return given
    _refuse_invalid(uow, case, new, actor)
    row = _agreement(uow, case, new, given, actor)
    uow.session.add(row)
    uow.session.flush()
    uow.session.add_all([AgreementPerson(agreement_id=given, username=each) for each in sorted(set(new.people))])
    uow.session.flush()
    log.write(uow, case.id, actor, Note.AGREED, _facts(row, new.people))
    return given


def waive(uow: UnitOfWork, case_id: str, actor: Actor) -> None:
    """Note that the requester wants to deposit without an agreement: it lets in, and opens to nobody.

    Raises:
        InstanceNotFound, NotAllowed: the actor is neither the requester nor records agreements of this case.

    """
    case = case_for(uow, case_id, actor, Permission.RECORD_AGREEMENT)
    locked(uow, case.id)
    if any(each.kind is AgreementKind.WAIVER and each.in_force(local_date(uow.now)) for each in of_case(uow, case.id)):
        return
    signed_by = case.requester or "Richiedente"
    row = _row(uow, case, actor, id=str(uuid4()), kind=AgreementKind.WAIVER.value, signed_by=signed_by)
    row.signed_on = local_date(uow.now)
    uow.session.add(row)
    uow.session.flush()
    log.write(uow, case.id, actor, Note.WAIVED)


def revoke(uow: UnitOfWork, case_id: str, actor: Actor, agreement_id: str | None = None) -> int:
    """End an agreement at once, or all of the case's; give how many ended. What is in the envelope stays, closed.

    Raises:
        InstanceNotFound, NotAllowed: the actor is neither the requester nor records agreements of this case.

    """
    case = case_for(uow, case_id, actor, Permission.RECORD_AGREEMENT)
    locked(uow, case.id)
    running = (Agreement.case_id == case.id, Agreement.revoked_at.is_(None))
    chosen = running if agreement_id is None else (*running, Agreement.id == agreement_id)
    ended = update(Agreement).where(*chosen).values(revoked_at=uow.now, revoked_by=actor.user)
    ids = sorted(uow.connection.execute(ended.returning(Agreement.id)).scalars())
    if ids:
        log.write(uow, case.id, actor, Note.REVOKED, {"accordi": ids})
    return len(ids)


def of_case(uow: UnitOfWork, case_id: str) -> list[Recorded]:
    """List the agreements and waivers of a case, latest first, for whoever was let see the case."""
    latest_first = (Agreement.recorded_at.desc(), Agreement.id)
    rows = uow.connection.execute(
        select(*Agreement.__table__.columns).where(Agreement.case_id == case_id).order_by(*latest_first)
    ).all()
    named = _named(uow, [row.id for row in rows]) if rows else {}
    return [_recorded(row, named.get(row.id, {})) for row in rows]


def nameable(uow: UnitOfWork, case: CaseSummary) -> list[User]:
    """List who an agreement of the case may name: active people of roles that see it, by name."""
    found = {
        user.username: user
        for role, istat in ((Role.REFERENTE, case.istat), (Role.ANALISTA, case.istat), (Role.COORDINATORE, case.istat))
        for user in people.holding(uow, role, istat)
    }
    return sorted(found.values(), key=lambda user: (*in_order(user.name), user.username))


def needs_co_signer(uow: UnitOfWork, case_id: str, day: date) -> bool:
    """Say whether the requester is a minor on a day: contracts are theirs from eighteen (art. 2 c.c.).

    Raises:
        ExpressionFailed: what the process says of the day of birth cannot be evaluated.

    """
    text = str(_told(uow, case_id, CASE_BORN) or "")[:10]
    return bool(text) and text > f"{day.year - ADULT:04}-{day.month:02}-{day.day:02}"


def co_signer(uow: UnitOfWork, case_id: str, day: date) -> str:
    """Give who signs with a requester who is a minor on a day, as the process tells it; empty for an adult.

    Raises:
        ExpressionFailed: what the process says of the requester cannot be evaluated.

    """
    return str(_told(uow, case_id, CASE_CO_SIGNER) or "") if needs_co_signer(uow, case_id, day) else ""


def _told(uow: UnitOfWork, case_id: str, entry: Property) -> Any:
    case = instances.get(uow, case_id)
    return ProcessValues(uow, case.definition_id, case.scope, case.variables).of(entry)


def _recordable(uow: UnitOfWork, case_id: str, actor: Actor) -> CaseSummary:
    """Agreements are recorded by staff: a requester's own word signs nothing for others."""
    if is_requester(actor):
        raise NotAllowed(actor.user, Permission.RECORD_AGREEMENT)
    return case_for(uow, case_id, actor, Permission.RECORD_AGREEMENT)


def _is_there(uow: UnitOfWork, case_id: str, agreement_id: str) -> bool:
    found = uow.connection.execute(select(Agreement.case_id).where(Agreement.id == agreement_id)).scalar_one_or_none()
    if found not in (None, case_id):
        raise InvalidAgreement("id")
    return found is not None


def _refuse_invalid(uow: UnitOfWork, case: CaseSummary, new: NewAgreement, actor: Actor) -> None:
    today = local_date(uow.now)
    named, possible = set(new.people), {user.username for user in nameable(uow, case)}
    minor = needs_co_signer(uow, case.id, new.signed_on)
    rules = {
        "versione": bool(new.version.strip()) and len(new.version) <= LONGEST_NAME,
        "firmato_il": new.signed_on <= today,
        "valido_fino": max(new.signed_on, today) <= new.valid_to and new.valid_to.year <= today.year + LONGEST_YEARS,
        "persone": bool(named) and named <= possible,
        "se_stessi": actor.user not in named,
        "firmato_da": bool(_signer(case, new)) and len(new.signed_by) <= LONGEST_NAME,
        "cofirma": (bool(new.co_signer.strip()) or not minor) and len(new.co_signer) <= LONGEST_NAME,
    }
    broken = next((field for field, holds in rules.items() if not holds), None)
    if broken:
        raise InvalidAgreement(broken)


def _signer(case: CaseSummary, new: NewAgreement) -> str:
    return new.signed_by.strip() or case.requester or ""


def _agreement(uow: UnitOfWork, case: CaseSummary, new: NewAgreement, given: str, actor: Actor) -> Agreement:
    row = _row(uow, case, actor, id=given, kind=AgreementKind.AGREEMENT.value, signed_by=_signer(case, new))
    row.version, row.digest = new.version.strip(), _text_digest(uow, case.id)
    row.signed_on, row.valid_to = new.signed_on, new.valid_to
    row.means, row.co_signer = new.means.value, new.co_signer.strip() or None
    return row


def _row(uow: UnitOfWork, case: CaseSummary, actor: Actor, **members: str) -> Agreement:
    return Agreement(case_id=case.id, recorded_at=uow.now, recorded_by=actor.user, **members)


def _text_digest(uow: UnitOfWork, case_id: str) -> str | None:
    """Give the SHA-256 of the agreement's text as the case's own version of the process brings it."""
    definition = definitions.load(uow, instances.get(uow, case_id).definition_id)
    text = definition.texts.get(LETTER)
    return sha256(text).hexdigest() if text is not None else None


def _facts(row: Agreement, named: Iterable[str]) -> dict[str, object]:
    return {
        "accordo": row.id,
        "versione": row.version,
        "impronta": row.digest,
        "mezzo": row.means,
        "persone": sorted(set(named)),
        "fino_al": row.valid_to.isoformat() if row.valid_to else None,
    }


def _named(uow: UnitOfWork, agreement_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    rows = uow.connection.execute(
        select(AgreementPerson.agreement_id, AgreementPerson.username, User.name)
        .join(User, User.username == AgreementPerson.username)
        .where(AgreementPerson.agreement_id.in_(agreement_ids))
    ).all()
    named: dict[str, dict[str, str]] = {}
    for agreement_id, username, name in sorted(rows, key=lambda row: in_order(row.name)):
        named.setdefault(agreement_id, {})[username] = name
    return named


def _recorded(row: Any, named: Mapping[str, str]) -> Recorded:
    same = {
        name: getattr(row, name) for name in Recorded.__dataclass_fields__ if name not in {"people", "kind", "means"}
    }
    return Recorded(**same, kind=AgreementKind(row.kind), means=Means(row.means) if row.means else None, people=named)

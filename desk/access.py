"""Say who may do what, and who may see which case: roles, permissions and the condition that lists put on cases.

A person with several roles acts in one at a time. An actor that carries more than one gets only what each of them
allows. What an actor may not see does not exist for them: it is not found.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, false

from desk.errors import NotAllowed
from desk.model import Case
from engine.identity import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.identity import Actor


class Role(StrEnum):
    """The roles of the desk; the first three are lanes of the diagrams."""

    REFERENTE = "Referente"
    ANALISTA = "Analista"
    COORDINATORE = "Coordinatore"
    PROGRAMME_OFFICE = "Ufficio programma"
    DESIGNER = "Progettista"
    ADMINISTRATOR = "Amministratore"


OF_A_COMUNE = frozenset({Role.REFERENTE})
"""Roles that are held in one or more Comuni, and never everywhere."""


class Permission(StrEnum):
    """What a role may do beside its tasks, which the diagrams give out."""

    #: Register a request at the counter of one's own Comune.
    OPEN_REQUEST = "aprire una richiesta"
    #: Give the requester the secret that opens their page.
    ISSUE_SECRET = "consegnare il codice segreto"  # noqa: S105  # the name of a permission
    #: Say when a desk is open, where it is, when it is closed.
    MANAGE_OFFICE = "tenere orari e sede di uno sportello"
    #: Say when an analyst may be convened: analysts for themselves, coordinators for all (``agenda.may_keep``).
    KEEP_AGENDA = "tenere l’agenda di un analista"
    #: Say who is charged with a desk, for how long, and who trained them.
    MANAGE_MANDATES = "registrare gli incarichi dei referenti"
    #: Let a Comune join the programme.
    JOIN_COMUNE = "far aderire un Comune"
    #: Give accounts and roles, and take them away.
    MANAGE_USERS = "gestire le utenze"
    #: Say how long pratiche are kept, keep one longer, and erase those whose term is over.
    ERASE_CASES = "cancellare le pratiche scadute"
    #: See what stopped by itself, mail and jobs, and let it go on.
    MEND = "rimettere in moto quello che si è fermato"
    #: Record a confidentiality agreement, and its revocation.
    RECORD_AGREEMENT = "registrare un accordo di riservatezza"
    #: Put into the sealed envelope what the requester hands over at the counter.
    FILL_ENVELOPE = "mettere documenti nella busta riservata"
    #: Say that somebody else has a conflict of interest in a case, or has none any more.
    JUDGE_CONFLICT = "decidere sui conflitti di interessi"


ALLOWED: Mapping[Permission, frozenset[Role]] = {
    Permission.OPEN_REQUEST: frozenset({Role.REFERENTE}),
    Permission.ISSUE_SECRET: frozenset({Role.REFERENTE}),
    Permission.MANAGE_OFFICE: frozenset({Role.REFERENTE, Role.PROGRAMME_OFFICE, Role.ADMINISTRATOR}),
    Permission.KEEP_AGENDA: frozenset({Role.ANALISTA, Role.COORDINATORE}),
    Permission.MANAGE_MANDATES: frozenset({Role.PROGRAMME_OFFICE, Role.ADMINISTRATOR}),
    Permission.JOIN_COMUNE: frozenset({Role.PROGRAMME_OFFICE, Role.ADMINISTRATOR}),
    Permission.MANAGE_USERS: frozenset({Role.ADMINISTRATOR}),
    Permission.ERASE_CASES: frozenset({Role.PROGRAMME_OFFICE, Role.ADMINISTRATOR}),
    Permission.MEND: frozenset({Role.ADMINISTRATOR}),
    Permission.RECORD_AGREEMENT: frozenset({Role.REFERENTE, Role.COORDINATORE}),
    Permission.FILL_ENVELOPE: frozenset({Role.REFERENTE}),
    Permission.JUDGE_CONFLICT: frozenset({Role.COORDINATORE}),
}


def _of_own_comuni(actor: Actor) -> ColumnElement[bool]:
    """Show a referente every case of their own Comuni, from its first draft on."""
    return Case.istat.in_(sorted(actor.scopes))


def _forwarded(actor: Actor) -> ColumnElement[bool]:
    """Show the analysts a case from the moment the Comune forwards it."""
    forwarded = Case.forwarded_at.is_not(None)
    return forwarded if EVERYWHERE in actor.scopes else and_(forwarded, Case.istat.in_(sorted(actor.scopes)))


def _none(_actor: Actor) -> ColumnElement[bool]:
    """Show no case to those who run the programme, the processes or the machine."""
    return false()


SEES: Mapping[Role, Callable[[Actor], ColumnElement[bool]]] = {
    Role.REFERENTE: _of_own_comuni,
    Role.ANALISTA: _forwarded,
    Role.COORDINATORE: _forwarded,
    Role.PROGRAMME_OFFICE: _none,
    Role.DESIGNER: _none,
    Role.ADMINISTRATOR: _none,
}


def roles_of(actor: Actor) -> list[Role]:
    """List the roles the actor acts in: one, unless a program made the actor."""
    return [role for role in Role if role in actor.groups]


def visible(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on ``Case`` that holds for the cases the actor may see."""
    roles = roles_of(actor)
    return and_(*(SEES[role](actor) for role in roles)) if roles else false()


def sees_cases(actor: Actor) -> bool:
    """Say whether the actor's role has any case to see, so that a menu offers no empty list."""
    roles = roles_of(actor)
    return bool(roles) and all(SEES[role] is not _none for role in roles)


def may(actor: Actor, permission: Permission, istat: str | None = None) -> bool:
    """Say whether the actor may do something, in a Comune when one is given."""
    roles = roles_of(actor)
    return bool(roles) and ALLOWED[permission].issuperset(roles) and actor.reaches(istat)


def require(actor: Actor, permission: Permission, istat: str | None = None) -> None:
    """Raise ``NotAllowed`` unless the actor may do something."""
    if not may(actor, permission, istat):
        raise NotAllowed(actor.user, permission)

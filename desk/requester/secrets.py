"""Issue and check the requester's second secret, without which the number alone opens nothing."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from desk import cases
from desk.access import Permission, require
from desk.model import Case
from desk.people import passwords, throttle
from desk.people.throttle import Limit
from engine import history, instances
from engine.history import EventType
from engine.store import Event

if TYPE_CHECKING:
    from desk.cases import CaseSummary
    from engine.identity import Actor
    from engine.store import UnitOfWork

ALPHABET = "2346789ACDEFGHJKMNPQRTVWXY"
"""Without the characters that handwriting confuses: 0 and O, 1, I and L, 5 and S, B, U and Z."""
GROUPS, GROUP = 3, 4
PER_NUMBER = 10
PER_ADDRESS = 30
NOTE = "codice_segreto_consegnato"


def issue(uow: UnitOfWork, case_id: str, actor: Actor) -> str:
    """Make the case's secret, in groups of four; a former one opens nothing any more.

    It is shown this once: only its argon2 hash is kept. That it was made, by whom and when, stands in the history.

    Raises:
        InstanceNotFound: there is no such case, or none that the actor may see.
        NotAllowed: the actor does not hand out secrets for this Comune.

    """
    case = cases.get(uow, case_id, actor)
    require(actor, Permission.ISSUE_SECRET, case.istat)
    secret = "".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP))
    kept = passwords.digest(secret)
    instances.lock(uow, case.id)  # then the pratica, as transitions do: otherwise each might wait for the other
    uow.connection.execute(update(Case).where(Case.id == case.id).values(secret=kept))
    facts = {"note": NOTE, "replaces": case.has_secret}
    history.write(uow, case.id, [Event(uow.now, EventType.NOTED, None, None, actor.user, facts)])
    return "-".join(secret[start : start + GROUP] for start in range(0, len(secret), GROUP))


def is_secret(uow: UnitOfWork, case_id: str, secret: str, actor: Actor) -> bool:
    """Say whether this is the case's present secret: who has just handed it out may print it once more on paper.

    Raises:
        InstanceNotFound: there is no such case, or none that the actor may see.
        NotAllowed: the actor does not hand out secrets for this Comune.

    """
    case = cases.get(uow, case_id, actor)
    require(actor, Permission.ISSUE_SECRET, case.istat)
    kept = uow.connection.execute(select(Case.secret).where(Case.id == case.id)).scalar_one()
    return passwords.matches(kept, tidy(secret).replace("-", ""))


def open_with(uow: UnitOfWork, number: str, secret: str, address: str) -> CaseSummary | None:
    """Give the case with this number and this secret; nothing for any other pair, in the same time.

    A refusal is returned, not raised, so that the attempt stays counted: after ten failures for a number, or thirty
    from one address, a quarter of an hour must pass.

    Raises:
        TooManyAttempts: it has not passed yet.

    """
    wanted = tidy(number)
    limits = [Limit("number", wanted, PER_NUMBER), Limit("requester", address, PER_ADDRESS)]
    throttle.guard(uow, limits)
    row = uow.connection.execute(select(Case.id, Case.secret).where(Case.number == wanted)).one_or_none()
    if not passwords.matches(row.secret if row else None, tidy(secret).replace("-", "")) or row is None:
        throttle.failed(uow, limits)
        return None
    throttle.succeeded(uow, limits[0])
    return cases.by_id(uow, [row.id])[row.id]


def tidy(typed: str) -> str:
    """Take a number or a secret as people copy it from paper: spaces, small letters, long dashes."""
    return "".join(typed.upper().replace("–", "-").split())

"""Record conflicts of interest: whoever has one works on the case no more, and opens its envelope no more.

What they had of it goes back to its queue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from desk import cases, people
from desk.access import Permission, require
from desk.envelope import log
from desk.envelope.log import Note
from desk.errors import ConflictOfInterest, NotAllowed
from desk.model import Conflict
from engine import instances, tasks
from engine.model import insert_into

if TYPE_CHECKING:
    from engine.identity import Actor
    from engine.store import UnitOfWork


def declare(uow: UnitOfWork, case_id: str, username: str, actor: Actor) -> None:
    """Declare a conflict of interest: one's own, or as coordinator anybody's.

    Raises:
        InstanceNotFound: there is no such case, or none that the actor may see.
        NotAllowed: it is somebody else's, and the actor does not judge conflicts.
        UserNotFound: nobody has this user name.

    """
    case = cases.get(uow, case_id, actor)
    if username != actor.user:
        require(actor, Permission.JUDGE_CONFLICT, case.istat)
    people.get(uow, username)
    instances.lock(uow, case.id)
    row = {"case_id": case.id, "username": username, "declared_at": uow.now, "declared_by": actor.user}
    statement = insert_into(Conflict, uow.connection.dialect.name).values(row).on_conflict_do_nothing()
    if uow.connection.execute(statement).rowcount:
        log.write(uow, case.id, actor, Note.CONFLICT, {"persona": username})
        tasks.give_back(uow, username, [], actor, case.id)


def lift(uow: UnitOfWork, case_id: str, username: str, actor: Actor) -> None:
    """Say that there is no conflict any more: a coordinator's decision, never about oneself.

    Raises:
        InstanceNotFound: there is no such case, or none that the actor may see.
        NotAllowed: the actor does not judge conflicts, or judges their own.

    """
    case = cases.get(uow, case_id, actor)
    require(actor, Permission.JUDGE_CONFLICT, case.istat)
    if username == actor.user:
        raise NotAllowed(actor.user, Permission.JUDGE_CONFLICT)
    instances.lock(uow, case.id)
    mine = (Conflict.case_id == case.id, Conflict.username == username)
    if uow.connection.execute(delete(Conflict).where(*mine)).rowcount:
        log.write(uow, case.id, actor, Note.CONFLICT_OVER, {"persona": username})


def bars(uow: UnitOfWork, case_id: str, username: str) -> ConflictOfInterest | None:
    """Give the refusal of whoever would work on a case in which they have a conflict."""
    found = select(Conflict.username).where(Conflict.case_id == case_id, Conflict.username == username)
    return ConflictOfInterest(username) if uow.connection.execute(found).first() else None


def of_case(uow: UnitOfWork, case_id: str) -> dict[str, str]:
    """Give the names, by user name, of those who have a conflict of interest in a case."""
    usernames = uow.connection.execute(select(Conflict.username).where(Conflict.case_id == case_id)).scalars()
    return people.names(uow, usernames)

"""Find the case whose envelope is asked for: staff by what their role sees, the requester by their page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from desk import cases
from desk.access import Permission, require
from desk.model import Envelope
from desk.states import Turn
from engine import instances
from engine.errors import InstanceNotFound
from engine.model import insert_into

if TYPE_CHECKING:
    from desk.cases import CaseSummary
    from engine.identity import Actor
    from engine.store import UnitOfWork


def is_requester(actor: Actor) -> bool:
    """Say whether the actor is a requester and nothing else: a mixture gets no more than a person without roles."""
    return actor.groups == {Turn.REQUESTER.value}


def case_for(uow: UnitOfWork, case_id: str, actor: Actor, permission: Permission | None = None) -> CaseSummary:
    """Give the case of its requester, or of staff who see it and have the permission.

    A requester's page gives the id of the case it opened; that the actor stands for that case is the page's to know.

    Raises:
        InstanceNotFound: there is no such case, or none that the actor may see.
        NotAllowed: the actor's role sees the case without this permission.

    """
    if is_requester(actor):
        return _own(uow, case_id, actor)
    case = cases.get(uow, case_id, actor)
    if permission is not None:
        require(actor, permission, case.istat)
    return case


def locked(uow: UnitOfWork, case_id: str) -> Envelope:
    """Give the envelope of a case, made when there is none, and keep others from changing it meanwhile.

    Raises:
        InstanceNotFound: the case was erased a moment ago.

    """
    instances.lock(uow, case_id)
    nothing_yet = {"case_id": case_id, "spoken_only": False}
    statement = insert_into(Envelope, uow.connection.dialect.name)
    uow.connection.execute(statement.values(nothing_yet).on_conflict_do_nothing())
    mine = select(Envelope).where(Envelope.case_id == case_id).with_for_update()
    return uow.session.scalars(mine.execution_options(populate_existing=True)).one()


def _own(uow: UnitOfWork, case_id: str, actor: Actor) -> CaseSummary:
    case = cases.by_id(uow, [case_id]).get(case_id)
    if case is None or not actor.reaches(case.istat):
        raise InstanceNotFound(case_id)
    return case

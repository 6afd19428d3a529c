"""Find whom a message or a signal is for, and write a job for each: every recipient gets it in its own transaction.

So one case neither holds another's row nor fails for it, and whoever cannot take the signal stops alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import ColumnElement, insert, select, true

from engine import definitions
from engine.identity import EVERYWHERE
from engine.model.tables import job, message_subscription, process_instance

if TYPE_CHECKING:
    from collections.abc import Collection

    from engine.identity import Actor
    from engine.store import UnitOfWork

SUBSCRIPTIONS, BEGINS = "subscriptions", "begins"
"""In a job's detail: the ids of the recipient's waits; the id of the definition to begin, and its start event."""


@dataclass(frozen=True)
class Posting:
    """A message or a signal on its way."""

    #: ``message`` or ``signal``.
    kind: str
    name: str
    key: str | None
    #: Who sent it: a user's name, or the engine's.
    actor: str
    #: Subscriptions that it was brought to in vain.
    tried: Collection[str] = field(default=())

    @property
    def detail(self) -> dict[str, Any]:
        """What its jobs keep of it beside the name."""
        return {"key": self.key, "actor": self.actor, "tried": sorted(self.tried)}


def to_cases(uow: UnitOfWork, posting: Posting, *, but: str | None = None) -> list[str]:
    """Write a job for each case that waits for a signal, but the one that threw it; returns their ids."""
    table = message_subscription.c
    waits = (table.message == posting.name, table.kind == "signal", table.instance_id != (but or ""))
    rows = select(table.id, table.instance_id, table.element_id).where(*waits).order_by(table.instance_id, table.id)
    cases: dict[str, list[Any]] = {}
    for row in uow.connection.execute(rows):
        cases.setdefault(row.instance_id, []).append(row)
    for case, found in cases.items():
        _write(uow, posting, (case, found[0].element_id), {SUBSCRIPTIONS: [row.id for row in found]})
    return list(cases)


def to_case(uow: UnitOfWork, posting: Posting, actor: Actor) -> bool:
    """Write a job for the first case that waits for a message; False where none does."""
    found = first_waiting(uow, posting, actor)
    if found is not None:
        _write(uow, posting, (found.instance_id, found.element_id), {SUBSCRIPTIONS: [found.id]})
    return found is not None


def to_starts(uow: UnitOfWork, posting: Posting, sender: tuple[str, str]) -> None:
    """Write a job for each process that begins with it; they belong to the sender, a case and its element."""
    for definition, start in started_by(uow, posting.kind, posting.name):
        _write(uow, posting, sender, {BEGINS: [definition.id, start]})


def first_waiting(uow: UnitOfWork, posting: Posting, actor: Actor) -> Any:
    """Give the row of the first wait for a message, in a case within reach, that it has not been brought to."""
    table = message_subscription.c
    waits = (table.message == posting.name, table.correlation_key == posting.key, table.kind == "message")
    untried = table.id.not_in(list(posting.tried))
    rows = select(message_subscription).join(process_instance).where(*waits, untried, _within_reach(actor))
    return uow.connection.execute(rows.order_by(table.id).limit(1)).one_or_none()


def started_by(uow: UnitOfWork, kind: str, name: str) -> list[tuple[definitions.Definition, str]]:
    """Find the newest versions that have a start event for this message or signal."""
    newest = [definitions.load(uow, definitions.latest_id(uow, key)) for key in definitions.keys(uow)]
    return [
        (definition, start.element.id)
        for definition in newest
        for start in definition.model.starts
        if start.kind == kind and start.detail.get(kind) == name
    ]


def _within_reach(actor: Actor) -> ColumnElement[bool]:
    """Say of a case in a statement what ``Actor.reaches`` says of its scope."""
    scope = process_instance.c.scope
    return true() if EVERYWHERE in actor.scopes else scope.is_(None) | scope.in_(sorted(actor.scopes))


def _write(uow: UnitOfWork, posting: Posting, place: tuple[str, str], more: dict[str, Any]) -> None:
    case, element = place
    row = {
        "id": str(uuid4()),
        "instance_id": case,
        "kind": posting.kind,
        "token": "",
        "position": 0,
        "element_id": element,
        "topic": posting.name,
        "due_at": uow.now,
        "state": "due",
        "detail": {**posting.detail, **more},
        "attempts": 0,
    }
    uow.connection.execute(insert(job), row)

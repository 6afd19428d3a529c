"""Erase a case whose term is over: every row that belongs to it goes, a receipt and a few figures stay.

What belongs to it is not listed here but found by the foreign keys of the desk's tables, so that a table made later
is covered from its first day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from desk import files
from desk.access import Permission, require
from desk.cases import saved_views
from desk.errors import CaseHeld, NotExpired
from desk.model import Case, CaseFigures, Comune, Erasure, Row
from desk.retention.figures import figures_of
from desk.retention.terms import find_expired
from engine import erasure, instances, paging
from engine.errors import InstanceNotFound
from engine.model import process_instance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement, Table

    from desk.facilities import Facilities
    from engine.identity import Actor
    from engine.store import UnitOfWork


@dataclass(frozen=True)
class Receipt:
    """What is left to show of an erasure."""

    number: str
    comune: str
    erased_at: datetime
    erased_by: str
    reason: str
    history_head: str
    counts: dict[str, int]

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


def erase(uow: UnitOfWork, facilities: Facilities, case_id: str, actor: Actor) -> str:
    """Erase a pratica for good and leave its receipt; returns its number.

    The contents of its documents leave the storage once the transaction has committed, unless another pratica has the
    same; what a crash leaves behind, the next sweep of the storage removes.

    Raises:
        NotAllowed: the actor's role does not erase.
        InstanceNotFound: there is no such pratica.
        NotExpired: its term is not over, or it has not ended.
        CaseHeld: a legal hold keeps it.

    """
    require(actor, Permission.ERASE_CASES)
    instances.lock(uow, case_id)  # whatever else happens to the pratica is over, or finds it gone
    case = uow.connection.execute(select(Case.__table__).where(Case.id == case_id).with_for_update()).one_or_none()
    if case is None:
        raise InstanceNotFound(case_id)
    found = find_expired(uow, case_id)
    if found is None:
        raise NotExpired(case.number)
    if found.held_for is not None:
        raise CaseHeld(case.number, found.held_for)
    uow.connection.execute(insert(CaseFigures), figures_of(uow, case))
    saved_views.forget_searches(uow, case_id)
    head = select(process_instance.c.history_head).where(process_instance.c.id == case_id)
    receipt: dict[str, Any] = {"history_head": uow.connection.execute(head).scalar_one()}
    receipt["counts"] = {"document": files.remove_all(uow, facilities, case_id)} | _delete(uow, case_id)
    names = {"number": case.number, "istat": case.istat, "erased_at": uow.now, "erased_by": actor.user}
    reason = f"termine di conservazione: {found.state.label.lower()}"
    uow.connection.execute(insert(Erasure), names | receipt | {"reason": reason})
    return str(case.number)


def receipts(uow: UnitOfWork, actor: Actor, *, after: str | None = None, size: int = 25) -> paging.Page[Receipt]:
    """Give a page of the erasures, the latest first.

    Raises:
        NotAllowed: the actor's role does not erase.

    """
    require(actor, Permission.ERASE_CASES)
    kept = (Erasure.number, Comune.name, Erasure.erased_at, Erasure.erased_by, Erasure.reason, Erasure.history_head)
    rows, ids = select(*kept, Erasure.counts).join(Comune), select(Erasure.number)
    place = (Erasure.erased_at.expression, Erasure.number.expression)
    listing = paging.Listing(rows, ids, *place, latest_first=True)
    return listing.page(uow.connection, _receipt, after, size)


def _receipt(row: Any) -> Receipt:
    return Receipt(*row)


def _delete(uow: UnitOfWork, case_id: str) -> dict[str, int]:
    gone: dict[str, int] = {}
    table = Row.metadata.tables["pratica"]
    for each, mine in belonging(table, table.c.id == case_id):
        gone[each.name] = gone.get(each.name, 0) + uow.connection.execute(delete(each).where(mine)).rowcount
    return {str(name): count for name, count in {**gone, **erasure.erase(uow, case_id)}.items() if count}


def belonging(table: Table, mine: ColumnElement[bool]) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Walk the tables whose rows hang on these, the farthest first, each with the condition that finds its rows."""
    for child in Row.metadata.sorted_tables:
        for key in child.foreign_keys:
            if key.column.table is table and child is not table:
                yield from belonging(child, key.parent.in_(select(key.column).where(mine)))
    yield table, mine

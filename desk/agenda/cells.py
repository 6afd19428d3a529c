"""Book agendas in cells: quarters of an hour of people and rooms, each of which the database gives to one owner.

Rows of ``agenda_cell`` have the resource and the instant as their primary key. Cells are taken in one sorted
statement, which skips those that somebody has: on PostgreSQL it waits for whoever is taking the same cell, and since
all take them in the same order, nobody waits in a circle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, select, tuple_

from desk.model import AgendaCell
from desk.slots import Slot, quarter_of
from engine.model import insert_into

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy.orm import InstrumentedAttribute

    from engine.store import UnitOfWork

Owner = tuple["InstrumentedAttribute[str | None]", str]
"""The column that says what kind of owner a cell has, and the owner's id."""


class Cell(NamedTuple):
    """A quarter of an hour of a person or of a room."""

    resource: str
    instant: datetime


def person(username: str) -> str:
    return f"person:{username}"


def room(istat: str) -> str:
    return f"room:{istat}"


def of_convocation(uid: str) -> Owner:
    return AgendaCell.convocation, uid


def of_room_use(use_id: str) -> Owner:
    return AgendaCell.room_use, use_id


def covering(slots: Iterable[Slot], resources: Iterable[str]) -> set[Cell]:
    """Give the cells that some times take of some resources."""
    named = tuple(resources)
    return {Cell(resource, instant) for slot in slots for instant in slot.quarters() for resource in named}


def replace(uow: UnitOfWork, owner: Owner, wanted: set[Cell]) -> set[Cell]:
    """Give an owner the cells it wants, then free those it had besides; return what somebody else has, if anything.

    When something is returned the caller raises: what was taken meanwhile is then undone.
    """
    had = owned(uow, owner)
    taken = _take(uow, owner, wanted - had)
    if not taken:
        _free(uow, owner, had - wanted)
    return taken


def owned(uow: UnitOfWork, owner: Owner) -> set[Cell]:
    column, name = owner
    rows = uow.connection.execute(select(AgendaCell.resource, AgendaCell.instant).where(column == name))
    return {Cell(*row) for row in rows}


def free_all(uow: UnitOfWork, owner: Owner) -> None:
    column, name = owner
    uow.connection.execute(delete(AgendaCell).where(column == name))


def busy(uow: UnitOfWork, resources: Iterable[str], during: Slot) -> set[datetime]:
    """Give the quarters of an hour of a time in which any of the resources is taken."""
    rows = select(AgendaCell.instant).where(
        AgendaCell.resource.in_(sorted(resources)),
        AgendaCell.instant >= quarter_of(during.starts),
        AgendaCell.instant < during.ends,
    )
    return set(uow.connection.scalars(rows))


def _take(uow: UnitOfWork, owner: Owner, cells: set[Cell]) -> set[Cell]:
    if not cells:
        return set()
    column, name = owner
    rows = [{**cell._asdict(), column.key: name} for cell in sorted(cells)]
    taking = insert_into(AgendaCell, uow.connection.dialect.name).values(rows).on_conflict_do_nothing()
    given = uow.connection.execute(taking.returning(AgendaCell.resource, AgendaCell.instant))
    return cells - {Cell(*row) for row in given}


def _free(uow: UnitOfWork, owner: Owner, cells: set[Cell]) -> None:
    column, name = owner
    for some in _in_batches(sorted(cells)):
        named = tuple_(AgendaCell.resource, AgendaCell.instant).in_(some)
        uow.connection.execute(delete(AgendaCell).where(column == name, named))


def _in_batches(cells: list[Cell], size: int = 500) -> Iterator[list[Cell]]:
    for start in range(0, len(cells), size):
        yield cells[start : start + size]

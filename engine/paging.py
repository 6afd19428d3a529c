"""Long lists a page at a time: by key, never by offset, and counted no further than anybody would want to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import func, select, tuple_

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement, Connection, Row, Select

COUNT_CAP = 1000
"""Past this a count says «more than 1000»: counting all costs more than the page."""
Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """A page of a list; ``next`` is the key that the following page begins after, ``None`` on the last."""

    items: tuple[Item, ...]
    next: str | None
    count: int
    capped: bool


@dataclass(frozen=True)
class Listing:
    """A list in the order of a moment, and of an id where moments are the same: the two are the key of its pages."""

    rows: Select[Any]
    #: The ids of the same rows, without what is only shown.
    ids: Select[Any]
    moment: ColumnElement[Any]
    id: ColumnElement[Any]
    latest_first: bool = False

    def page(
        self, connection: Connection, read: Callable[[Row[Any]], Item], after: str | None, size: int
    ) -> Page[Item]:
        """Read the page after a key, in two statements whatever the length of the list."""
        rows = connection.execute(self._after(after).limit(size + 1)).all()
        shown = tuple(read(row) for row in rows[:size])
        last = self._key_of(rows[size - 1]) if len(rows) > size else None
        count = self._count(connection)
        return Page(shown, last, min(count, COUNT_CAP), count > COUNT_CAP)

    def _after(self, after: str | None) -> Select[Any]:
        key, place = _read_key(after), tuple_(self.moment, self.id)
        if self.latest_first:
            rows = self.rows.order_by(self.moment.desc(), self.id.desc())
            return rows if key is None else rows.where(place < tuple_(*key))
        rows = self.rows.order_by(self.moment, self.id)
        return rows if key is None else rows.where(place > tuple_(*key))

    def _count(self, connection: Connection) -> int:
        capped = self.ids.limit(COUNT_CAP + 1).subquery()
        return connection.execute(select(func.count()).select_from(capped)).scalar_one()

    def _key_of(self, row: Row[Any]) -> str:
        moment: datetime = getattr(row, str(self.moment.key))
        return f"{moment.isoformat()}~{row.id}"


def _read_key(after: str | None) -> tuple[datetime, str] | None:
    """Read the key of a page from an address; a mangled one begins at the first page."""
    at, _, row_id = (after or "").partition("~")
    try:
        moment = datetime.fromisoformat(at.replace(" ", "+"))
        return (moment.astimezone(UTC), row_id) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None

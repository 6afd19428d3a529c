"""Read long lists a page at a time: by key, never by offset, and counted no further than a reader wants to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import func, select, tuple_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Row, Select

COUNT_CAP = 1000
"""Past this a count says «more than 1000»: counting all costs more than the page."""
Item = TypeVar("Item")
Key = tuple[datetime, str]


NEAR = 2
"""How many pages on either side of one can be reached from it; the first and the last always can."""


@dataclass(frozen=True)
class Page(Generic[Item]):
    """A page of a list; ``next`` is the key that the following page begins after, ``None`` on the last."""

    items: tuple[Item, ...]
    next: str | None
    count: int
    capped: bool
    #: How many rows of the list come before the first item; counted no further than one past the cap.
    before: int = 0
    #: The keys that other pages begin after, by their number; of far ones only the last, as far as rows were counted.
    starts: Mapping[int, str] = field(default_factory=dict)


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
        """Read the page after a key: in one statement where it is the only one, else in three; of size 0, only count.

        Where nothing is left after the key, it is the first page: an old address must not say that a list is empty.
        """
        if not size:
            return self._counted(connection)
        key = _read_key(after)
        rows = connection.execute(self._after(key).limit(size + 1)).all()
        if key and not rows:
            return self.page(connection, read, None, size)
        shown = tuple(read(row) for row in rows[:size])
        if key is None and len(rows) <= size:
            return Page(shown, None, len(rows), capped=False)
        following = self._key_of(rows[size - 1]) if len(rows) > size else None
        total, before, starts = self._places(connection, self._id_of(rows[0]), size)
        return Page(shown, following, min(total, COUNT_CAP), total > COUNT_CAP, before, starts)

    def _counted(self, connection: Connection) -> Page[Item]:
        capped = self.ids.limit(COUNT_CAP + 1).subquery()
        total = connection.execute(select(func.count()).select_from(capped)).scalar_one()
        return Page((), None, min(total, COUNT_CAP), total > COUNT_CAP)

    def _places(self, connection: Connection, first: str, size: int) -> tuple[int, int, dict[int, str]]:
        """Count the rows, and those before the first of a page; find where other pages begin. Ids are read quickly."""
        ids = connection.scalars(self.ids.order_by(*self._order()).limit(COUNT_CAP + 1)).all()
        before = ids.index(first) if first in ids else len(ids)
        ends = {number: ids[number * size - 1] for number in _within_reach(before, len(ids), size)}
        if not ends:
            return len(ids), before, {}
        last_rows = connection.execute(self.ids.add_columns(self.moment).where(self.id.in_(ends.values())))
        keys = {self._id_of(row): self._key_of(row) for row in last_rows}
        # A row may have left the list since its id was read: then that page has no link for once.
        return len(ids), before, {number: keys[row_id] for number, row_id in ends.items() if row_id in keys}

    def _after(self, key: Key | None) -> Select[Any]:
        rows = self.rows.order_by(*self._order())
        if key is None:
            return rows
        place = tuple_(self.moment, self.id)
        return rows.where(place < tuple_(*key) if self.latest_first else place > tuple_(*key))

    def _order(self) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        return (self.moment.desc(), self.id.desc()) if self.latest_first else (self.moment, self.id)

    def _key_of(self, row: Row[Any]) -> str:
        moment: datetime = getattr(row, str(self.moment.key))
        return f"{moment.isoformat()}~{self._id_of(row)}"

    def _id_of(self, row: Row[Any]) -> str:
        return str(getattr(row, str(self.id.key)))


def each(read: Callable[[str | None], Page[Item]]) -> Iterator[Item]:
    """Give every row of a list, page after page."""
    page = read(None)
    yield from page.items
    while page.next:
        page = read(page.next)
        yield from page.items


def cut(items: Sequence[Item], after: str | None, size: int) -> Page[Item]:
    """Give the page of a list that is read whole, since its owner has no more of them: its keys are places."""
    before, total = _place(after, len(items)), len(items)
    following = str(before + size) if before + size < total else None
    starts = {number: str(number * size) for number in _within_reach(before, total, size)}
    return Page(tuple(items[before : before + size]), following, total, capped=False, before=before, starts=starts)


def _within_reach(before: int, total: int, size: int) -> list[int]:
    """List the pages, but the first, that the links of a page with so many rows before it name; the first is 0."""
    current, last = -(-before // size), (total - 1) // size
    near = range(max(1, current - NEAR), min(last, current + NEAR) + 1)
    return sorted({*near, last} - {0, -1})


def _place(after: str | None, length: int) -> int:
    """Read a place from an address; one that is none, or beyond the end, begins at the first page."""
    place = int(after) if after and after.isdecimal() and len(after) < len(str(COUNT_CAP)) * 2 else 0
    return place if place < length else 0


def _read_key(after: str | None) -> Key | None:
    """Read the key of a page from an address; a mangled one begins at the first page."""
    at, _, row_id = (after or "").partition("~")
    try:
        moment = datetime.fromisoformat(at.replace(" ", "+"))
        return (moment.astimezone(UTC), row_id) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None

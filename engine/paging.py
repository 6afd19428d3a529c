"""Long lists a page at a time: by key, never by offset, and counted no further than anybody would want to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import func, or_, select, tuple_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, Row, Select

COUNT_CAP = 1000
"""Past this a count says «more than 1000»: counting all costs more than the page."""
Item = TypeVar("Item")
Key = tuple[datetime, str]


@dataclass(frozen=True)
class Page(Generic[Item]):
    """A page of a list; ``next`` is the key that the following page begins after, ``None`` on the last."""

    items: tuple[Item, ...]
    next: str | None
    count: int
    capped: bool
    #: How many rows of the list come before the first item; counted no further than one past the cap.
    before: int = 0
    #: The keys that the second page and each one after it begin after, as far as rows were counted.
    starts: tuple[str, ...] = ()


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
        """Read the page after a key, in two statements whatever the list’s length; of size 0, only count, in one.

        Where nothing is left after the key, it is the first page: an old address must not say that a list is empty.
        """
        if not size:
            return self._counted(connection)
        key = _read_key(after)
        rows = connection.execute(self._after(key).limit(size + 1)).all()
        if key and not rows:
            return self.page(connection, read, None, size)
        shown = tuple(read(row) for row in rows[:size])
        last = self._key_of(rows[size - 1]) if len(rows) > size else None
        marks = connection.execute(self._marks(key, size)).all()
        total = marks[-1].place if marks else 0
        starts = tuple(self._key_of(mark) for mark in marks if mark.place % size == 0 and mark.place < total)
        before = marks[0].before if marks and key else 0
        return Page(shown, last, min(total, COUNT_CAP), total > COUNT_CAP, before, starts)

    def _counted(self, connection: Connection) -> Page[Item]:
        capped = self.ids.limit(COUNT_CAP + 1).subquery()
        total = connection.execute(select(func.count()).select_from(capped)).scalar_one()
        return Page((), None, min(total, COUNT_CAP), total > COUNT_CAP)

    def _after(self, key: Key | None) -> Select[Any]:
        rows = self.rows.order_by(*self._order())
        if key is None:
            return rows
        place = tuple_(self.moment, self.id)
        return rows.where(place < tuple_(*key) if self.latest_first else place > tuple_(*key))

    def _marks(self, key: Key | None, size: int) -> Select[Any]:
        """Give the last row of every page and of the list, with its place, and how many rows a key leaves behind."""
        ids = self.ids.add_columns(self.moment).order_by(*self._order()).limit(COUNT_CAP + 1).subquery()
        moment, row_id = ids.c[str(self.moment.key)], ids.c[str(self.id.key)]
        order = (moment.desc(), row_id.desc()) if self.latest_first else (moment, row_id)
        placed = select(moment, row_id, func.row_number().over(order_by=order).label("place")).cte("placed")
        moment, row_id = placed.c[str(self.moment.key)], placed.c[str(self.id.key)]
        total = select(func.count()).select_from(placed).scalar_subquery()
        before: Any = select(func.count()).select_from(placed)
        if key is not None:
            reached = tuple_(moment, row_id)
            before = before.where(reached >= tuple_(*key) if self.latest_first else reached <= tuple_(*key))
        marks = or_(placed.c.place % size == 0, placed.c.place == total)
        return select(placed, before.scalar_subquery().label("before")).where(marks).order_by(placed.c.place)

    def _order(self) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        return (self.moment.desc(), self.id.desc()) if self.latest_first else (self.moment, self.id)

    def _key_of(self, row: Row[Any]) -> str:
        moment: datetime = getattr(row, str(self.moment.key))
        return f"{moment.isoformat()}~{getattr(row, str(self.id.key))}"


def each(read: Callable[[str | None], Page[Item]]) -> Iterator[Item]:
    """Give every row of a list, page after page."""
    page = read(None)
    yield from page.items
    while page.next:
        page = read(page.next)
        yield from page.items


def cut(items: Sequence[Item], after: str | None, size: int) -> Page[Item]:
    """Give the page of a list that is read whole, since its owner has no more of them: its keys are places."""
    before = _place(after, len(items))
    shown = tuple(items[before : before + size])
    following = str(before + size) if before + size < len(items) else None
    return Page(shown, following, len(items), False, before, tuple(str(each) for each in range(size, len(items), size)))  # noqa: FBT003


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

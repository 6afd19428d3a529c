"""Where points and ranges lie to each other (DMN 1.5, section 10.3.4.7, table 78), and ``range``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.feel.compare import order
from engine.feel.errors import NullResult
from engine.feel.library import builtin
from engine.feel.range_text import read_range

if TYPE_CHECKING:
    from engine.feel.values import Range


#: What lies before and after all values: the ends of a range that has none.
_FIRST, _LAST = object(), object()


def _start(bounds: Range) -> Any:
    return _end_of(bounds, bounds.start, _FIRST)


def _end(bounds: Range) -> Any:
    return _end_of(bounds, bounds.end, _LAST)


def _end_of(bounds: Range, value: Any, infinite: object) -> Any:
    if bounds.operator == "!=":
        raise NullResult("«!=» non è un intervallo con due estremi")
    return infinite if value is None else value


def _order(one: Any, other: Any) -> int:
    if one is other:
        return 0
    if one is _FIRST or other is _LAST:
        return -1
    if one is _LAST or other is _FIRST:
        return 1
    sign = order(one, other)
    if sign is None:
        raise NullResult("questi estremi non si possono confrontare")
    return sign


def _before(one: Any, other: Any, *, or_same: bool = False) -> bool:
    sign = _order(one, other)
    return sign < 0 or (or_same and sign == 0)


def _same(one: Any, other: Any) -> bool:
    return _order(one, other) == 0


@builtin("before(point1: point, point2: point)")
def point_before_point(one: Any, other: Any) -> bool:
    return _before(one, other)


@builtin("before(point: point, range: range)")
def point_before_range(point: Any, bounds: Range) -> bool:
    return _before(point, _start(bounds), or_same=not bounds.start_included)


@builtin("before(range: range, point: point)")
def range_before_point(bounds: Range, point: Any) -> bool:
    return _before(_end(bounds), point, or_same=not bounds.end_included)


@builtin("before(range1: range, range2: range)")
def range_before_range(one: Range, other: Range) -> bool:
    return _before(_end(one), _start(other), or_same=not (one.end_included and other.start_included))


@builtin("after(point1: point, point2: point)")
def point_after_point(one: Any, other: Any) -> bool:
    return _before(other, one)


@builtin("after(point: point, range: range)")
def point_after_range(point: Any, bounds: Range) -> bool:
    return range_before_point(bounds, point)


@builtin("after(range: range, point: point)")
def range_after_point(bounds: Range, point: Any) -> bool:
    return point_before_range(point, bounds)


@builtin("after(range1: range, range2: range)")
def range_after_range(one: Range, other: Range) -> bool:
    return range_before_range(other, one)


@builtin("meets(range1: range, range2: range)")
def meets(one: Range, other: Range) -> bool:
    return one.end_included and other.start_included and _same(_end(one), _start(other))


@builtin("met by(range1: range, range2: range)")
def met_by(one: Range, other: Range) -> bool:
    return meets(other, one)


def _touch(one: Range, other: Range) -> bool:
    """Whether the first range reaches as far as where the second begins."""
    return _before(_start(other), _end(one), or_same=one.end_included and other.start_included)


@builtin("overlaps(range1: range, range2: range)")
def overlaps(one: Range, other: Range) -> bool:
    return _touch(one, other) and _touch(other, one)


def _starts_earlier(one: Range, other: Range) -> bool:
    return _before(_start(one), _start(other), or_same=one.start_included and not other.start_included)


def _ends_earlier(one: Range, other: Range) -> bool:
    return _before(_end(one), _end(other), or_same=other.end_included and not one.end_included)


@builtin("overlaps before(range1: range, range2: range)")
def overlaps_before(one: Range, other: Range) -> bool:
    return _starts_earlier(one, other) and _touch(one, other) and not _ends_earlier(other, one)


@builtin("overlaps after(range1: range, range2: range)")
def overlaps_after(one: Range, other: Range) -> bool:
    return _starts_earlier(other, one) and _touch(other, one) and not _ends_earlier(one, other)


@builtin("finishes(point: point, range: range)")
def point_finishes(point: Any, bounds: Range) -> bool:
    return bounds.end_included and _same(_end(bounds), point)


@builtin("finishes(range1: range, range2: range)")
def range_finishes(one: Range, other: Range) -> bool:
    same_end = one.end_included == other.end_included and _same(_end(one), _end(other))
    return same_end and not _starts_earlier(one, other)


@builtin("finished by(range: range, point: point)")
def finished_by_point(bounds: Range, point: Any) -> bool:
    return point_finishes(point, bounds)


@builtin("finished by(range1: range, range2: range)")
def finished_by_range(one: Range, other: Range) -> bool:
    return range_finishes(other, one)


@builtin("includes(range: range, point: point)")
def includes_point(bounds: Range, point: Any) -> bool:
    return _before(_start(bounds), point, or_same=bounds.start_included) and _before(
        point, _end(bounds), or_same=bounds.end_included
    )


@builtin("includes(range1: range, range2: range)")
def includes_range(one: Range, other: Range) -> bool:
    return not _starts_earlier(other, one) and not _ends_earlier(one, other)


@builtin("during(point: point, range: range)")
def point_during(point: Any, bounds: Range) -> bool:
    return includes_point(bounds, point)


@builtin("during(range1: range, range2: range)")
def range_during(one: Range, other: Range) -> bool:
    return includes_range(other, one)


@builtin("starts(point: point, range: range)")
def point_starts(point: Any, bounds: Range) -> bool:
    return bounds.start_included and _same(_start(bounds), point)


@builtin("starts(range1: range, range2: range)")
def range_starts(one: Range, other: Range) -> bool:
    same_start = one.start_included == other.start_included and _same(_start(one), _start(other))
    return same_start and not _ends_earlier(other, one)


@builtin("started by(range: range, point: point)")
def started_by_point(bounds: Range, point: Any) -> bool:
    return point_starts(point, bounds)


@builtin("started by(range1: range, range2: range)")
def started_by_range(one: Range, other: Range) -> bool:
    return range_starts(other, one)


@builtin("coincides(point1: point, point2: point)")
def points_coincide(one: Any, other: Any) -> bool:
    return _same(one, other)


@builtin("coincides(range1: range, range2: range)")
def ranges_coincide(one: Range, other: Range) -> bool:
    included = (one.start_included, one.end_included) == (other.start_included, other.end_included)
    return included and _same(_start(one), _start(other)) and _same(_end(one), _end(other))


@builtin("range(from: string)")
def range_of(text: str) -> Range:
    return read_range(text)

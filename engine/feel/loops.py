"""``for``, ``some``, ``every`` and filters: what runs a closure many times."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel import syntax
from engine.feel.compiler import Code, compile_node
from engine.feel.decimals import whole
from engine.feel.errors import NullResult
from engine.feel.frame import Frame
from engine.feel.temporal import Date
from engine.feel.values import Function, Range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.feel.budget import Meter

_Turn = tuple[str, Code, Code | None]


def _turns(iterators: tuple[syntax.Iterator, ...]) -> list[_Turn]:
    return [
        (each.name, compile_node(each.source), compile_node(each.until) if each.until is not None else None)
        for each in iterators
    ]


def _frames(turns: list[_Turn], frame: Frame, names: dict[str, Any]) -> Iterator[Frame]:
    """Give one frame per combination of the iterators' values; a later iterator sees the earlier ones' names."""
    if not turns:
        yield Frame(frame.run, dict(names), frame)
        return
    name, source, until = turns[0]
    seen = Frame(frame.run, names, frame)
    values = span_values(source(seen), until(seen)) if until else values_of(source(seen))
    for value in values:
        frame.run.meter.step()
        yield from _frames(turns[1:], frame, {**names, name: value})


def iterated(name: str, values: Iterable[Any], frame: Frame) -> Iterator[Frame]:
    """Give one frame per value, with the value under a name."""
    for value in values:
        frame.run.meter.step()
        yield Frame(frame.run, {name: value}, frame)


def values_of(source: Any) -> Iterable[Any]:
    """Give what can be run through: a list's items, a range's numbers or days, any other value by itself."""
    if isinstance(source, list):
        return source
    if isinstance(source, Range):
        return range_values(source)
    if source is None:
        raise NullResult("non si può scorrere un valore nullo")
    return [source]


def span_values(low: Any, high: Any) -> Iterable[Any]:
    """Give the whole numbers or the days from one end to the other, in either direction."""
    if isinstance(low, Date) and isinstance(high, Date):
        step = 1 if low <= high else -1
        return (low.plus_days(turn) for turn in range(0, high.number - low.number + step, step))
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        first, last = whole(low), whole(high)
        if first is not None and last is not None:
            step = 1 if first <= last else -1
            return (Decimal(turn) for turn in range(first, last + step, step))
    raise NullResult("si può scorrere solo tra due numeri interi o tra due date")


def range_values(bounds: Range) -> Iterable[Any]:
    """Give what lies in a range with two ends; a range is never run backwards."""
    if bounds.start is None or bounds.end is None or bounds.operator:
        raise NullResult("si può scorrere solo un intervallo con due estremi")
    if type(bounds.start) in (Decimal, Date) and type(bounds.start) is type(bounds.end) and bounds.start > bounds.end:
        raise NullResult("l’intervallo da scorrere è vuoto: il primo estremo supera il secondo")
    skipped = [end for end, kept in _ends(bounds) if not kept]
    return (value for value in span_values(bounds.start, bounds.end) if value not in skipped)


def _ends(bounds: Range) -> tuple[tuple[Any, bool], tuple[Any, bool]]:
    return (bounds.start, bounds.start_included), (bounds.end, bounds.end_included)


@compile_node.register(syntax.For)
def _(node: syntax.For) -> Code:
    turns, result = _turns(node.iterators), compile_node(node.result)

    def run(frame: Frame) -> list[Any] | None:
        try:
            return collected(_frames(turns, frame, {}), result, frame.run.meter, keeps_partial=node.keeps_partial)
        except NullResult as fault:
            frame.run.warn(str(fault))
            return None

    return run


def collected(frames: Iterable[Frame], result: Code, meter: Meter, *, keeps_partial: bool) -> list[Any]:
    """Return the result of every turn; those before it are ``partial`` there, as a whole only if ``keeps_partial``."""
    holders = (list, dict, Range, Function) if keeps_partial else ()
    results: list[Any] = []
    for inner in frames:
        inner.names.setdefault(syntax.PARTIAL, results)
        value = result(inner)
        if isinstance(value, holders):  # it may hold ``partial``, which must not grow in it
            meter.grow(len(results))
            results = [*results]
        meter.grow(1)
        results.append(value)
    return results


def verdict(values: Iterable[Any], *, every: bool) -> bool | None:
    """Return what ``every`` or ``some`` makes of its conditions: a result that is no boolean leaves nothing to say."""
    seen = set()
    for value in values:
        if value is not None and not isinstance(value, bool):
            raise NullResult("la condizione deve dare vero o falso")
        seen.add(value)
    decisive = not every
    return decisive if decisive in seen else None if None in seen else every


@compile_node.register(syntax.Quantified)
def _(node: syntax.Quantified) -> Code:
    turns, condition = _turns(node.iterators), compile_node(node.condition)
    every = node.every

    def run(frame: Frame) -> bool | None:
        try:
            return verdict((condition(inner) for inner in _frames(turns, frame, {})), every=every)
        except NullResult as fault:
            frame.run.warn(str(fault))
            return None

    return run


@compile_node.register(syntax.Filter)
def _(node: syntax.Filter) -> Code:
    source, condition = compile_node(node.source), compile_node(node.condition)
    return lambda frame: _filtered_or_null(source(frame), condition, frame)


def _filtered_or_null(value: Any, condition: Code, frame: Frame) -> Any:
    try:
        return filtered(value, condition, frame)
    except NullResult as fault:
        frame.run.warn(str(fault))
        return None


def filtered(value: Any, condition: Code, frame: Frame) -> Any:
    """Return the items for which a condition is true, or the item at a position.

    A value that is no list counts as a list of it, null as nothing. NullResult where the condition is neither true,
    false nor null.
    """
    if value is None:
        return None
    items = value if isinstance(value, list) else [value]
    if not items:
        return _of_nothing(condition, frame)
    return _chosen(items, condition, frame)


def _of_nothing(condition: Code, frame: Frame) -> Any:
    """Return what a filter finds in an empty list: no item for a position, an empty list for a condition."""
    return None if isinstance(condition(_item_frame(frame, None)), Decimal) else []


def _chosen(items: list[Any], condition: Code, frame: Frame) -> Any:
    verdict = condition(_item_frame(frame, items[0]))
    if isinstance(verdict, Decimal):
        return at_position(items, verdict)
    found = []
    for turn, item in enumerate(items):
        frame.run.meter.step()
        verdict = condition(_item_frame(frame, item)) if turn else verdict
        if verdict is not None and not isinstance(verdict, bool):
            raise NullResult("la condizione del filtro deve dare vero o falso")
        if verdict is True:
            found.append(item)
    frame.run.meter.grow(len(found))
    return found


def _item_frame(frame: Frame, item: Any) -> Frame:
    inner = Frame(frame.run, {"item": item}, frame)
    return Frame(frame.run, item, inner) if type(item) is dict else inner


def at_position(items: list[Any], position: Decimal) -> Any:
    """Return the item at a position counted from 1, or from the end where it is negative; None beyond the ends."""
    index = whole(position)
    if index is None or index == 0 or abs(index) > len(items):
        return None
    return items[index - 1 if index > 0 else index]

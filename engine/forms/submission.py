"""Read a posted page into answers, and add rows to a list or take them from it.

A field's name on the page is its path joined by hyphens: ``divulgazioni-0-data``. A list's own name carries how many
rows it has. A name the page did not send is left out, so that a draft keeps what stood in a part now hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Protocol

from engine.forms.fields import FIELDS
from engine.forms.filling import ROWS, lookup, put
from engine.forms.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from engine.forms.component import Component, Path

Answers = dict[str, object]
DIGITS = 6
"""More than any count of rows has: longer numbers are not even read."""


class Posted(Protocol):
    """What a web framework's multi-valued form gives."""

    def __iter__(self) -> Iterator[str]: ...
    def __contains__(self, name: object, /) -> bool: ...
    def getlist(self, name: str, /) -> list[str]: ...


def name_of(path: Path) -> str:
    """Return a field's name on the page."""
    return "-".join(map(str, path))


def parse(components: Sequence[Component], posted: Posted) -> Answers:
    """Read a page's fields as they were typed; names the form does not have come along, to be refused by name."""
    page = _Page(posted)
    answers: Answers = {}
    page.take(components, (), answers)
    for name in posted:
        if name not in page.used:
            answers[name] = posted.getlist(name)[-1]
    return answers


class _Page:
    def __init__(self, posted: Posted) -> None:
        self.posted = posted
        self.used: set[str] = set()

    def take(self, components: Sequence[Component], at: Path, answers: Answers) -> None:
        for component in components:
            path = (*at, *component.path)
            match KINDS[component.type].shape:
                case "field":
                    self._take_field(component, path, answers)
                case "list":
                    self._take_rows(component, path, answers)
                case "group":
                    self._take_group(component, path, answers)

    def _take_field(self, component: Component, path: Path, answers: Answers) -> None:
        if (name := name_of(path)) in self.posted:
            self.used.add(name)
            put(answers, component.path, FIELDS[component.type].posted(self.posted.getlist(name)))

    def _take_group(self, component: Component, path: Path, answers: Answers) -> None:
        inner: Answers = {}
        self.take(component.children, path, inner)
        if not component.path:
            answers.update(merged(answers, inner))
        elif inner:
            put(answers, component.path, inner)

    def _take_rows(self, component: Component, path: Path, answers: Answers) -> None:
        if (name := name_of(path)) not in self.posted:
            return
        self.used.add(name)
        rows: list[Answers] = [{} for _ in range(_count(self.posted.getlist(name)[-1]))]
        for place, row in enumerate(rows):
            self.take(component.children, (*path, place), row)
        put(answers, component.path, rows)


def _count(text: str) -> int:
    """Return how many rows the page had; one too many is enough to refuse the list."""
    return min(int(text), ROWS + 1) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0


def merged(before: Mapping[str, object], after: Mapping[str, object]) -> Answers:
    """Lay newer answers over older ones; rows are matched one to one while a list keeps its length."""
    return {**before, **{name: _newer(before.get(name), value) for name, value in after.items()}}


def _newer(before: object, after: object) -> object:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return merged(before, after)
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [_newer(old, new) for old, new in zip(before, after, strict=True)]
    return after


def list_at(components: Sequence[Component], name: str) -> tuple[Path, Component] | None:
    """Return the path and the component of the list with this name on the page, if the form has one."""
    path: Path = tuple(int(step) if step.isdigit() else step for step in name.split("-"))
    bare = tuple(step for step in path if isinstance(step, str))
    lists = dict(_lists(components, ()))
    return (path, lists[bare]) if bare in lists else None


def _lists(components: Sequence[Component], at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Component]]:
    for component in components:
        path = (*at, *component.path)
        if KINDS[component.type].shape == "list":
            yield path, component
        yield from _lists(component.children, path)


def with_row(answers: Mapping[str, object], path: Path, row: Answers) -> Answers:
    """Return the answers with one more row at the end of the list at ``path``; at the limit, unchanged."""
    return _changed(answers, path, lambda rows: [*rows, row] if len(rows) < ROWS else rows)


def without_row(answers: Mapping[str, object], path: Path, place: int) -> Answers:
    """Return the answers without one row (0-based); a row that is not there changes nothing."""
    return _changed(answers, path, lambda rows: [row for at, row in enumerate(rows) if at != place])


def _changed(answers: Mapping[str, object], path: Path, change: Callable[[list[object]], list[object]]) -> Answers:
    fresh = deepcopy(dict(answers))
    row = max((place for place, step in enumerate(path) if isinstance(step, int)), default=-1) + 1
    holder, rows = lookup(fresh, path[:row]), lookup(fresh, path)
    if isinstance(holder, dict):
        put(holder, path[row:], change(rows if isinstance(rows, list) else []))
    return fresh

"""The names a form gives to its answers, and the answers that do not fit them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from engine.forms.filling import ROWS
from engine.forms.kinds import shape_of
from engine.forms.submission import name_of
from engine.problems import FieldError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.forms.component import Component, Path


_ONE_OF = ("radio", "select")
"""Fields of which one of the options written in them is the answer."""


@dataclass(frozen=True)
class Nest:
    """The names inside an object, or inside every row of a list; a field's name holds nothing more to look at."""

    names: dict[str, Nest | None] = field(default_factory=dict)
    rows: bool = False

    def at(self, path: tuple[str, ...]) -> Nest:
        """Return the nest at a path, made where it is not there yet: groups may share one."""
        nest = self
        for step in path:
            nest = nest.names.setdefault(step, Nest()) or Nest()
        return nest

    def place(self, component: Component) -> None:
        """Give a component, and what it holds, its names."""
        shape, path = shape_of(component.type), component.path
        if not path and shape != "group":
            return
        if shape == "field":
            self.at(path[:-1]).names[path[-1]] = None
        elif shape == "list":
            self.at(path[:-1]).names[path[-1]] = replace(nest_of(component.children), rows=True)
        elif shape == "group":
            for child in component.children:
                self.at(path).place(child)


def nest_of(components: Iterable[Component]) -> Nest:
    """Return every name these components give to an answer."""
    nest = Nest()
    for component in components:
        nest.place(component)
    return nest


def fixed_choices(components: Iterable[Component]) -> dict[str, frozenset[str] | None]:
    """Return for each key at the top what its field lets choose; None where it takes other answers, too."""
    found: dict[str, frozenset[str] | None] = {}
    for component in components:
        if shape_of(component.type) == "group":
            found |= {component.path[0]: None} if component.path else fixed_choices(component.children)
        elif component.path:
            texts = frozenset(option.token for option in component.options)
            is_fixed = component.type in _ONE_OF and len(component.path) == 1 and bool(texts)
            found[component.path[0]] = texts if is_fixed else None
    return found


def misfits(nest: Nest, answers: Mapping[str, object], at: Path = ()) -> Iterator[FieldError]:
    """Yield an error for every answer the form has no field for, and for objects and lists that are neither."""
    for name, value in answers.items():
        here = (*at, name)
        if name not in nest.names:
            yield _refused(here, "Il modulo non ha questo campo.")
        elif (inside := nest.names[name]) is not None and value is not None:
            yield from _inside(inside, value, here)


def _inside(nest: Nest, value: object, at: Path) -> Iterator[FieldError]:
    if not nest.rows:
        yield from misfits(nest, value, at) if isinstance(value, Mapping) else [_refused(at, "Qui serve un gruppo.")]
    elif not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        yield _refused(at, "Qui serve un elenco.")
    else:
        for place, row in enumerate(value[:ROWS]):
            yield from misfits(nest, row, (*at, place))


def _refused(at: Path, message: str) -> FieldError:
    return FieldError(name_of(at), name_of(at), message)

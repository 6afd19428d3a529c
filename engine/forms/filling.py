"""A form being filled in: which components are there now, for these roles, and what each of them holds.

Conditions look at the answers and the answers at the conditions: what is left out counts as unanswered. The two are
settled by repetition, starting with everything shown, until nothing changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

from engine.forms.asking import Asking, Unreadable
from engine.forms.expressions import is_expression
from engine.forms.fields import FIELDS
from engine.forms.kinds import KINDS
from engine.forms.options import Option, options_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from engine.forms.component import Component, Path
    from engine.forms.expressions import Scope, Situation

Presence = Literal["edit", "readonly", "withheld", "skipped"]
"""``withheld`` from the role, ``skipped`` by a condition; both are absent from the page."""

ROWS = 200
"""The longest list a form takes."""

_PASSES = 8


class Nothing:
    """No answer at all, which is not the same as an empty one."""


NOTHING = Nothing()


@dataclass(frozen=True)
class FilledComponent:
    """A component in its place; ``rows`` are a list's, ``children`` a group's."""

    component: Component
    path: Path
    presence: Presence
    scope: Scope
    typed: object
    asking: Asking
    children: tuple[FilledComponent, ...] = ()
    rows: tuple[tuple[FilledComponent, ...], ...] = ()

    @property
    def shape(self) -> str:
        return KINDS[self.component.type].shape

    @property
    def present(self) -> bool:
        return self.presence in ("edit", "readonly")

    def walk(self) -> Iterator[FilledComponent]:
        """Yield the node and everything inside it, in document order."""
        yield self
        for child in (*self.children, *(node for row in self.rows for node in row)):
            yield from child.walk()

    def value(self) -> object:
        """Return the field's value; ``None`` where what was typed cannot be read."""
        try:
            return self.read()
        except Unreadable:
            return None

    def read(self) -> object:
        """Return the field's value; raise ``Unreadable``."""
        if self.presence == "readonly":
            return None if self.typed is NOTHING else self.typed
        return FIELDS[self.component.type].read(self.asking, None if self.typed is NOTHING else self.typed)


def lookup(values: object, path: Path) -> object:
    """Follow a path through objects and lists; ``NOTHING`` where it leads nowhere."""
    for step in path:
        named = isinstance(values, Mapping) and step in values
        listed = isinstance(values, list) and isinstance(step, int) and step < len(values)
        if not (named or listed):
            return NOTHING
        values = cast("Any", values)[step]
    return values


def fill(
    components: Sequence[Component], answers: Mapping[str, object], situation: Situation
) -> tuple[FilledComponent, ...]:
    """Lay the answers out on the form; raise ``ExpressionFailed`` when a condition or an option list gives no value."""
    filler = _Filler(answers, situation)
    known = dict(situation.variables)
    nodes = filler.nodes(components, (), known)
    for _ in range(_PASSES):
        data = collect(nodes)
        filler.conditions = True
        nodes = filler.nodes(components, (), {**known, **data})
        if collect(nodes) == data:
            break
    return nodes


def collect(nodes: Iterable[FilledComponent]) -> dict[str, object]:
    """Return what the components on the page hold, as one JSON object; unanswered fields are null."""
    data: dict[str, object] = {}
    for node in nodes:
        if node.presence == "withheld":
            continue
        match node.shape:
            case "group":
                _merge(data, collect(node.children))
            case "list":
                put(data, own_path(node), [collect(row) for row in node.rows])
            case "field":
                put(data, own_path(node), node.value() if node.present else None)
    return data


def own_path(node: FilledComponent) -> Path:
    """Return the node's path inside its row, or inside the form when it stands in none."""
    last = max((place for place, step in enumerate(node.path) if isinstance(step, int)), default=-1)
    return node.path[last + 1 :]


def put(data: dict[str, object], path: Path, value: object) -> None:
    """Set a value, making the objects on its way."""
    *way, last = path
    for step in way:
        inner = data.get(str(step))
        if not isinstance(inner, dict):
            inner = {}
            data[str(step)] = inner
        data = inner
    data[str(last)] = value


def _merge(data: dict[str, object], more: Mapping[str, object]) -> None:
    for name, value in more.items():
        mine = data.get(name)
        if isinstance(mine, dict) and isinstance(value, dict):
            _merge(mine, value)
        else:
            data[name] = value


class _Filler:
    def __init__(self, answers: Mapping[str, object], situation: Situation) -> None:
        self.answers = answers
        self.situation = situation
        self.conditions = False

    def nodes(
        self, components: Sequence[Component], at: Path, scope: Scope, above: Presence = "edit"
    ) -> tuple[FilledComponent, ...]:
        return tuple(self._node(component, at, scope, above) for component in components)

    def _node(self, component: Component, at: Path, scope: Scope, above: Presence) -> FilledComponent:
        path = (*at, *component.path)
        presence = self._presence(component, scope, above)
        asking = Asking(component, self._options(component, scope), self.situation.now)
        typed = self._typed(component, path, presence)
        children: tuple[FilledComponent, ...] = ()
        rows: tuple[tuple[FilledComponent, ...], ...] = ()
        if KINDS[component.type].shape == "list":
            rows = self._rows(component, (path, typed), scope, presence)
        elif component.children:
            children = self.nodes(component.children, path, scope, presence)
        return FilledComponent(component, path, presence, scope, typed, asking, children, rows)

    def _presence(self, component: Component, scope: Scope, above: Presence) -> Presence:
        access = component.access(self.situation.roles)
        if above == "withheld" or access == "hidden":
            return "withheld"
        if above == "skipped" or self._skipped(component, scope):
            return "skipped"
        locked = above == "readonly" or access == "readonly" or component.attributes.get("disabled") is True
        return "readonly" if locked or self._readonly(component, scope) else "edit"

    def _skipped(self, component: Component, scope: Scope) -> bool:
        return self.conditions and bool(component.hide) and self.situation.holds(component.hide, scope, component.id)

    def _readonly(self, component: Component, scope: Scope) -> bool:
        readonly = component.attributes.get("readonly")
        if isinstance(readonly, str) and is_expression(readonly):
            return self.situation.holds(readonly, scope, component.id)
        return readonly is True

    def _options(self, component: Component, scope: Scope) -> tuple[Option, ...]:
        if expression := component.text("valuesExpression"):
            return options_in(self.situation.value(expression, scope, component.id))
        if key := component.text("valuesKey"):
            return options_in(lookup(scope, tuple(key.split("."))))
        return component.options

    def _typed(self, component: Component, path: Path, presence: Presence) -> object:
        """Take what the person answered; where they may not answer, what the case knows, or the default."""
        if presence == "edit":
            return lookup(self.answers, path) if path else NOTHING
        known = lookup(self.situation.variables, path) if path else NOTHING
        return component.attributes.get("defaultValue", NOTHING) if known is NOTHING else known

    def _rows(
        self, component: Component, content: tuple[Path, object], scope: Scope, presence: Presence
    ) -> tuple[tuple[FilledComponent, ...], ...]:
        path, typed = content
        rows = typed[:ROWS] if isinstance(typed, list) else []
        # From the second pass on rows are known as they read: nothing chosen is null, not an empty text.
        read = lookup(scope, component.path) if self.conditions else rows
        told = read if isinstance(read, list) and len(read) == len(rows) else rows
        return tuple(
            self.nodes(component.children, (*path, place), _row_scope(row, scope, place), presence)
            for place, row in enumerate(told)
        )


def _row_scope(row: object, scope: Scope, place: int) -> Scope:
    """Return what a row's expressions see: form-js's ``this``, ``parent`` and ``i``, then its own and outer names."""
    own = dict(row) if isinstance(row, Mapping) else {}
    outer = scope.get("i")
    turns = [*outer, place + 1] if isinstance(outer, list) else [place + 1]
    return {**own, **scope, "this": own, "parent": scope, "i": turns}

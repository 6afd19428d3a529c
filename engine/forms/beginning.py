"""What a form that nobody has filled in yet holds: what the case knows, then what its designer begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from engine.forms.asking import Asking
from engine.forms.custom import EACH_TURN, EMPTY, FIRST_ROWS, FIRST_VALUE
from engine.forms.expressions import plain
from engine.forms.fields import FIELDS
from engine.forms.filling import NOTHING, ROWS, lookup, put
from engine.forms.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.forms.component import Component
    from engine.forms.expressions import Situation
    from engine.forms.submission import Answers

Known = Mapping[str, object]


@dataclass(frozen=True)
class Beginning:
    """The first answers of a form in one situation; raises ``ExpressionFailed``."""

    situation: Situation

    def answers(self, components: Sequence[Component], known: Known) -> Answers:
        """Give what these components begin with, ``known`` being the values at the place where they stand."""
        answers: Answers = {}
        for component in components:
            match KINDS[component.type].shape:
                case "field":
                    put(answers, component.path, self._typed(component, known))
                case "list":
                    put(answers, component.path, self._rows(component, known))
                case "group":
                    for name, value in self.answers(component.children, _inside(component, known)).items():
                        put(answers, (*component.path, name), value)
        return answers

    def _typed(self, component: Component, known: Known) -> object:
        value = lookup(known, component.path)
        if value is NOTHING or component.custom(EACH_TURN) == EMPTY:
            value = self._first(component)
        return FIELDS[component.type].typed(Asking(component, (), self.situation.now), value)

    def _first(self, component: Component) -> object:
        expression = component.custom(FIRST_VALUE)
        first = plain(self.situation.value(expression, self.situation.variables, component.id)) if expression else None
        return component.attributes.get("defaultValue") if first is None else first

    def _rows(self, component: Component, known: Known) -> list[Answers]:
        """Give a list's rows: the case's own, or those that the designer derives from it, or so many empty ones."""
        rows = lookup(known, component.path)
        if not isinstance(rows, list):
            rows = self._derived(component) or [{}] * _repetitions(component)
        return [self.answers(component.children, row if isinstance(row, Mapping) else {}) for row in rows[:ROWS]]

    def _derived(self, component: Component) -> list[object]:
        expression = component.custom(FIRST_ROWS)
        if not expression:
            return []
        rows = plain(self.situation.value(expression, self.situation.variables, component.id))
        return rows if isinstance(rows, list) else []


def _inside(component: Component, known: Known) -> Known:
    inner = lookup(known, component.path) if component.path else known
    return cast("Known", inner) if isinstance(inner, Mapping) else {}


def _repetitions(component: Component) -> int:
    number = component.number("defaultRepetitions")
    return 1 if number is None else number

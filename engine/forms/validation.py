"""The answers of a form, checked by the server: it alone decides, whatever the page did."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.forms import amounts, patterns, periods
from engine.forms.asking import Unreadable
from engine.forms.custom import REQUIRED_IF, VALIDATOR
from engine.forms.expressions import is_expression
from engine.forms.fields import FIELDS, subtype_of
from engine.forms.filling import NOTHING, ROWS, FilledComponent, lookup, own_path, put
from engine.forms.submission import name_of
from engine.forms.validators import FORMATS, VALIDATORS
from engine.problems import FieldError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from engine.forms.component import Component
    from engine.forms.expressions import Situation

LETTERS = 10_000
"""The longest text a field takes, whatever the designer allows."""


class Check:
    """One reading of the whole form: the clean answers, and the errors in the order of the page."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.errors: list[FieldError] = []

    def clean(self, nodes: Iterable[FilledComponent]) -> dict[str, object]:
        """Return what may be stored; what is wrong is added to ``errors``."""
        answers: dict[str, object] = {}
        for node in nodes:
            self._take(node, answers)
        return answers

    def refuses(self, node: FilledComponent) -> bool:
        """Say whether something is wrong in one part of the form."""
        self.clean([node])
        return bool(self.errors)

    def _take(self, node: FilledComponent, answers: dict[str, object]) -> None:
        if node.presence == "withheld":
            self._keep(node, answers)
        elif node.present and node.shape == "field":
            self._take_field(node, answers)
        elif node.present and node.shape == "list":
            self._take_list(node, answers)
        elif node.present and node.shape == "group":
            for child in node.children:
                self._take(child, answers)

    def _keep(self, node: FilledComponent, answers: dict[str, object]) -> None:
        """Carry over what the role may not see where its neighbours are written anew, so that it is not lost."""
        if node.shape == "group":
            for child in node.children:
                self._keep(child, answers)
        elif node.shape in ("field", "list") and len(node.path) > 1:
            known = lookup(self.situation.variables, node.path)
            if known is not NOTHING:
                put(answers, own_path(node), known)

    def _take_field(self, node: FilledComponent, answers: dict[str, object]) -> None:
        if node.presence == "readonly":
            if node.typed is not NOTHING:
                put(answers, own_path(node), node.typed)
            return
        try:
            put(answers, own_path(node), self._checked(node))
        except Unreadable as refused:
            self._refuse(node, refused)

    def _refuse(self, node: FilledComponent, refused: Unreadable) -> None:
        label = node.component.short_label or self.situation.words(
            node.component.label, node.scope, node.component.id
        ).rstrip(" ?:")
        rows = [f"riga {step + 1}" for step in node.path if isinstance(step, int)]
        name = f"{label} ({', '.join(rows)})" if rows else label
        self.errors.append(FieldError(name_of(node.path), name, refused.message, refused.gist))

    def _take_list(self, node: FilledComponent, answers: dict[str, object]) -> None:
        if node.typed is NOTHING:
            return
        if isinstance(node.typed, list) and len(node.typed) > ROWS:
            self._refuse(node, Unreadable(f"Puoi scrivere al massimo {ROWS} righe.", "troppe righe"))
        put(answers, own_path(node), [self.clean(row) for row in node.rows])

    def _checked(self, node: FilledComponent) -> object:
        value = node.read()
        if value is None or value == [] or (value is False and node.component.type == "checkbox"):
            if is_required(node, self.situation):
                raise Unreadable(FIELDS[node.component.type].missing_for(node.component), "manca")
            return value
        if isinstance(value, str):
            return self._checked_text(node, value)
        if node.component.type == "number" and isinstance(value, (int, float)):
            self._within(node, value)
        return value

    def _checked_text(self, node: FilledComponent, text: str) -> str:
        component = node.component
        if component.type == "number":
            self._within(node, Decimal(text))
            return text
        if component.type == "datetime" and subtype_of(component) != "time":
            periods.within(node, text, self.situation)
        if component.type not in ("textfield", "textarea"):
            return text
        self._long_enough(node, text)
        for check in _text_checks(component):
            text = check(text)
        return text

    def _within(self, node: FilledComponent, value: float | Decimal) -> None:
        low, high = self._limit(node, "min"), self._limit(node, "max")
        number = Decimal(str(value))
        if low is not None and number < low:
            raise Unreadable(f"Il valore più piccolo ammesso è {amounts.words(low)}.", "valore troppo piccolo")
        if high is not None and number > high:
            raise Unreadable(f"Il valore più grande ammesso è {amounts.words(high)}.", "valore troppo grande")

    def _long_enough(self, node: FilledComponent, text: str) -> None:
        low, high = self._limit(node, "minLength"), self._limit(node, "maxLength")
        high = LETTERS if high is None else min(high, LETTERS)
        if low is not None and len(text) < low:
            raise Unreadable(f"Scrivi almeno {low} caratteri: qui sono {len(text)}.", "testo troppo breve")
        if len(text) > high:
            raise Unreadable(f"Scrivi al massimo {high} caratteri: qui sono {len(text)}.", "testo troppo lungo")

    def _limit(self, node: FilledComponent, name: str) -> Decimal | int | None:
        return limit(node, name, self.situation)


def is_required(node: FilledComponent, situation: Situation) -> bool:
    """Say whether a field must be answered, always or as the other answers are."""
    component = node.component
    condition = component.custom(REQUIRED_IF)
    return component.required or (bool(condition) and situation.holds(condition, node.scope, component.id))


def limit(node: FilledComponent, name: str, situation: Situation) -> Decimal | None:
    """Return a limit of ``validate``, worked out where it is FEEL; ``None`` when there is none."""
    value = node.component.part("validate").get(name)
    if isinstance(value, str) and is_expression(value):
        value = situation.value(value, node.scope, node.component.id)
    return Decimal(str(value)) if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) else None


def _text_checks(component: Component) -> Iterator[Callable[[str], str]]:
    rules = component.part("validate")
    if isinstance(pattern := rules.get("pattern"), str) and pattern:
        yield lambda text: _matching(text, pattern, str(rules.get("patternErrorMessage") or ""))
    if (kind := str(rules.get("validationType") or "")) in FORMATS:
        yield FORMATS[kind]
    if (name := component.custom(VALIDATOR)) in VALIDATORS:
        yield VALIDATORS[name]


def _matching(text: str, pattern: str, message: str) -> str:
    if not patterns.matches(pattern, text):
        raise Unreadable(message or "Questo testo non ha la forma richiesta.", "la forma non è quella richiesta")
    return text

"""Work out what a template draws from the components of a form in their places."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from zlib import crc32

from engine.forms import periods
from engine.forms.component import COLUMNS
from engine.forms.custom import ENTRY, LOOK, NOT_AFTER, NOT_BEFORE, REQUIRED_IF, TONE, VALIDATOR
from engine.forms.expressions import inserts
from engine.forms.fields import FIELDS, subtype_of
from engine.forms.filling import NOTHING, ROWS, FilledComponent
from engine.forms.looks import most
from engine.forms.submission import name_of
from engine.forms.validation import LETTERS, is_required, limit
from engine.forms.view import Answer, Choice, Item, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from engine.forms.expressions import Situation
    from engine.problems import FieldError


CHOICES = ("radio", "select", "checklist", "taglist")


class Drawing:
    """Turns nodes into items."""

    def __init__(self, situation: Situation, form: str = "", errors: Sequence[FieldError] = ()) -> None:
        self.situation = situation
        self.form = re.sub(r"\W+", "-", form) or "modulo"
        self.errors = errors

    def lines(self, nodes: Iterable[FilledComponent]) -> tuple[tuple[Item, ...], ...]:
        """Lay the present components out in rows; a row's free columns are shared by those that name no width."""
        rows: list[tuple[str, list[FilledComponent]]] = []
        for node in nodes:
            if not node.present:
                continue
            row = node.component.row
            if rows and row and rows[-1][0] == row:
                rows[-1][1].append(node)
            else:
                rows.append((row, [node]))
        return tuple(self._line(row) for _, row in rows)

    def _line(self, row: Sequence[FilledComponent]) -> tuple[Item, ...]:
        taken = sum(node.component.columns or 0 for node in row)
        free = sum(node.component.columns is None for node in row)
        share = max((COLUMNS - taken) // free, 2) if free else 0
        return tuple(self.item(node, node.component.columns or share) for node in row)

    def item(self, node: FilledComponent, span: int = COLUMNS) -> Item:
        """Draw one component."""
        component = node.component
        item = Item(
            kind=component.type,
            id=component.id,
            name=name_of(node.path) if component.path else "",
            label=self.words(node, component.label),
            help=self._help(node),
            readonly=node.presence == "readonly",
            required=node.presence == "edit" and is_required(node, self.situation),
            facts=self._facts(node),
            lines=self.lines(node.children),
            entries=tuple(self.lines(row) for row in node.rows),
            span=span,
            form=self.form,
        )
        return self._answered(node, replace(item, fingerprint=_fingerprint(item, node)))

    def words(self, node: FilledComponent, text: str) -> str:
        return self.situation.words(text, node.scope, node.component.id)

    def _help(self, node: FilledComponent) -> str:
        """Give the designer's words, and as a sentence after them the days that make sense."""
        words = self.words(node, node.component.text("description"))
        days = periods.hint(node, self.situation) if node.component.type == "datetime" else ""
        return f"{words.rstrip('. ')}. {days}" if words and days else words or days

    def _answered(self, node: FilledComponent, item: Item) -> Item:
        errors = tuple(error.message for error in self.errors if item.name and error.path == item.name)
        if node.shape != "field":
            return replace(item, errors=errors if node.shape == "list" else ())
        typed = as_typed(node)
        return replace(item, typed=typed, words=reading(node), errors=errors, choices=_choices(node, typed))

    def _facts(self, node: FilledComponent) -> dict[str, object]:
        return _FACTS[node.component.type](self, node) if node.component.type in _FACTS else {}

    def text_facts(self, node: FilledComponent) -> dict[str, object]:
        component = node.component
        text = self.situation.markdown(component.text("text"), node.scope, component.id)
        return {"markdown": text, "tone": component.custom(TONE)}

    def image_facts(self, node: FilledComponent) -> dict[str, object]:
        return {name: self.words(node, node.component.text(name)) for name in ("source", "alt")}

    def control_facts(self, node: FilledComponent) -> dict[str, object]:
        appearance = node.component.part("appearance")
        longest = limit(node, "maxLength", self.situation)
        return {
            "prefix": self.words(node, str(appearance.get("prefixAdorner") or "")),
            "suffix": self.words(node, str(appearance.get("suffixAdorner") or "")),
            "max_length": int(min(longest, Decimal(LETTERS))) if longest else None,
            "searchable": node.component.attributes.get("searchable") is True,
            "checker": node.component.custom(VALIDATOR) or node.component.part("validate").get("validationType"),
        }


def _list_facts(_: Drawing, node: FilledComponent) -> dict[str, object]:
    fixed = node.presence == "readonly" or node.component.attributes.get("allowAddRemove") is False
    return {"fixed": fixed, "full": len(node.rows) >= ROWS, "entry": node.component.custom(ENTRY)}


def _look(_: Drawing, node: FilledComponent) -> dict[str, object]:
    return {"look": node.component.custom(LOOK)}


_FACTS: dict[str, Callable[[Drawing, FilledComponent], dict[str, object]]] = {
    "text": Drawing.text_facts,
    "image": Drawing.image_facts,
    "textfield": Drawing.control_facts,
    "textarea": Drawing.control_facts,
    "number": Drawing.control_facts,
    "select": Drawing.control_facts,
    "dynamiclist": _list_facts,
    "radio": _look,
    "checklist": lambda _, node: _look(_, node) | {"most": most(node.component)},
    "datetime": lambda _, node: {"subtype": subtype_of(node.component)},
    "group": lambda _, node: {"outline": node.component.attributes.get("showOutline") is True},
    "spacer": lambda _, node: {"size": _size(node.component.number("height") or 0)},
}


def _size(height: int) -> int:
    """Return the nearest of the page's six steps of white space for a height in pixels."""
    return sum(height > step for step in (8, 12, 16, 24, 32)) + 1


def as_typed(node: FilledComponent) -> object:
    """Return what stands in the control: exactly what was typed, or a stored value as one would type it."""
    if node.typed is NOTHING or node.typed is None:
        return FIELDS[node.component.type].typed(node.asking, None)
    if node.presence == "edit" and isinstance(node.typed, (str, list)):
        return node.typed
    return FIELDS[node.component.type].typed(node.asking, node.typed)


def reading(node: FilledComponent) -> str:
    """Return the answer in words; one chosen among options that have changed since is told all the same."""
    value = node.value()
    if value is None and node.component.type in CHOICES and node.typed is not NOTHING:
        value = node.typed
    return FIELDS[node.component.type].words(node.asking, value)


def _choices(node: FilledComponent, typed: object) -> tuple[Choice, ...]:
    chosen = typed if isinstance(typed, list) else [typed]
    return tuple(
        Choice(option.token, option.label, option.token in chosen or option.value in chosen, option.extra)
        for option in node.asking.options
    )


def _fingerprint(item: Item, node: FilledComponent) -> str:
    shown = (item.kind, item.label, item.help, item.readonly, item.required, sorted(item.facts.items(), key=str))
    return f"{crc32(repr((shown, [option.label for option in node.asking.options])).encode()):08x}"


def sections(view: Sequence[tuple[str, str, Sequence[FilledComponent]]], drawing: Drawing) -> tuple[Section, ...]:
    """Return all answers to be read again; ``view`` gives each step's id, title and nodes."""
    return tuple(Section(step, title, tuple(_answers(nodes, drawing))) for step, title, nodes in view)


def _answers(nodes: Iterable[FilledComponent], drawing: Drawing) -> Iterable[Answer]:
    for node in nodes:
        if not node.present:
            continue
        label = node.component.short_label or drawing.words(node, node.component.label)
        match node.shape:
            case "field":
                words = reading(node)
                yield Answer(label, words or "non indicato", given=bool(words))
            case "group":
                yield from _answers(node.children, drawing)
            case "list":
                rows = tuple(tuple(_answers(row, drawing)) for row in node.rows)
                yield Answer(label, "" if rows else "nessuna voce", rows, given=bool(rows))


def reacts(nodes: Iterable[FilledComponent]) -> bool:
    """Say whether an answer on the page may change what else is on it."""
    return any(_is_live(node) for top in nodes for node in top.walk())


def _is_live(node: FilledComponent) -> bool:
    component = node.component
    texts = (component.label, component.text("description"), component.text("text"))
    return (
        bool(component.hide or component.text("valuesExpression"))
        or any(component.custom(entry) for entry in (REQUIRED_IF, NOT_BEFORE, NOT_AFTER))
        or str(component.attributes.get("readonly")).startswith("=")
        or any(any(inserts(text)) for text in texts)
    )

"""One component of a form, as its form-js JSON describes it (schema version 19 and earlier)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from engine.forms.custom import ROLES, SHORT_LABEL, STEP
from engine.forms.options import Option, options_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.properties import Property

Access = Literal["hidden", "readonly", "edit"]
"""What a role may do with a component."""

Path = tuple[str | int, ...]
"""Where a value lives in the answers: keys of objects and 0-based rows of lists."""

EVERYBODY = "*"
COLUMNS = 16
RECAP = "riepilogo"
"""The name of a stepped form's last step, where all answers are read again."""


@dataclass(frozen=True)
class Component:
    """``attributes`` are the JSON members as written; ``pointer`` is the place in the file (RFC 6901)."""

    id: str
    type: str
    pointer: str
    line: int
    attributes: Mapping[str, object] = field(default_factory=dict)
    children: tuple[Component, ...] = ()

    def text(self, name: str) -> str:
        """Return a textual attribute, or nothing."""
        value = self.attributes.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """Return a whole-number attribute; form-js leaves some of them as text."""
        value = self.attributes.get(name)
        return int(value) if isinstance(value, (int, float, str)) and str(value).strip().isdigit() else None

    def part(self, name: str) -> Mapping[str, object]:
        """Return a structured attribute, such as ``validate`` or ``layout``."""
        value = self.attributes.get(name)
        return value if isinstance(value, dict) else {}

    def custom(self, entry: Property) -> str:
        """Return a custom property of the designer (form-js ``properties``)."""
        value = self.part("properties").get(entry.name)
        return value.strip() if isinstance(value, str) else json.dumps(value) if value is not None else ""

    @cached_property
    def path(self) -> tuple[str, ...]:
        """The key of a field, or the path of a group or a list, cut at its dots."""
        text = self.text("key") or self.text("path")
        return tuple(text.split(".")) if text else ()

    @property
    def label(self) -> str:
        """The label as written; a date's and a time's stand under names of their own."""
        return self.text("label") or self.text("dateLabel") or self.text("timeLabel")

    @property
    def short_label(self) -> str:
        """The name the designer gives the field in summaries, where its question would be too long."""
        return self.custom(SHORT_LABEL)

    @cached_property
    def hide(self) -> str:
        """The FEEL condition under which the component is left out."""
        condition = self.part("conditional").get("hide")
        return condition.strip() if isinstance(condition, str) else ""

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """The options written in the form itself."""
        return options_in(self.attributes.get("values"))

    @cached_property
    def granted(self) -> Mapping[str, Access]:
        """What the property ``ruoli`` lets each role do; ``*`` stands for the roles it does not name."""
        return roles_of(self.custom(ROLES))

    @property
    def required(self) -> bool:
        return self.part("validate").get("required") is True

    @property
    def row(self) -> str:
        """The layout row's name; consecutive components of the same row stand side by side."""
        row = self.part("layout").get("row")
        return row if isinstance(row, str) else ""

    @property
    def columns(self) -> int | None:
        """How many of the 16 columns it takes; ``None`` shares what is left."""
        columns = self.part("layout").get("columns")
        return columns if isinstance(columns, int) and 1 <= columns <= COLUMNS else None

    @property
    def is_step(self) -> bool:
        return self.type == "group" and bool(self.custom(STEP))

    def access(self, roles: frozenset[str]) -> Access:
        """Say what these roles may do here: the widest of what the property ``ruoli`` grants them.

        A component without the property is everybody's; roles it does not name take what ``*`` says, or edit.
        """
        mine: set[Access] = {self.granted[role] for role in roles if role in self.granted}
        for access in ("edit", "readonly", "hidden"):
            if access in mine:
                return access
        return self.granted.get(EVERYBODY, "edit")

    def walk(self) -> Iterator[Component]:
        """Yield the component and everything inside it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


def roles_of(text: str) -> dict[str, Access]:
    """Read the property ``ruoli``: a JSON object, or ``Referente=edit, Analista=readonly``.

    Raises ``ValueError`` with the offending piece.
    """
    if not text:
        return {}
    pairs = json.loads(text).items() if text.startswith("{") else (_pair(piece) for piece in text.split(","))
    return {role.strip(): _access(word) for role, word in pairs}


def _pair(piece: str) -> tuple[str, str]:
    role, separator, word = piece.partition("=")
    if not separator or not role.strip():
        raise ValueError(piece.strip())
    return role, word


def _access(word: object) -> Access:
    match str(word).strip():
        case "hidden":
            return "hidden"
        case "readonly":
            return "readonly"
        case "edit":
            return "edit"
        case other:
            raise ValueError(other)

"""The answers among which a field lets choose."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.forms.expressions import plain, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Option:
    """One answer that may be chosen: ``token`` stands for the value on the page, ``extra`` is what else is said."""

    value: object
    label: str
    extra: Mapping[str, object] = field(default_factory=dict, compare=False)

    @property
    def token(self) -> str:
        return self.value if isinstance(self.value, str) else json.dumps(self.value, sort_keys=True)


def options_in(source: object) -> tuple[Option, ...]:
    """Read a list of options: bare values, or objects with ``label`` and ``value`` (as form-js normalises them)."""
    entries = plain(source)
    return tuple(filter(None, map(_option, entries))) if isinstance(entries, list) else ()


def _option(entry: object) -> Option | None:
    if isinstance(entry, dict):
        value = entry.get("value", entry.get("label"))
        extra = {name: member for name, member in entry.items() if name not in ("value", "label")}
        return Option(value, words_of(entry.get("label", value)), extra) if value is not None else None
    return Option(entry, words_of(entry)) if isinstance(entry, (str, int, float)) else None

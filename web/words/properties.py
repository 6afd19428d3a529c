"""Write the properties of diagrams and forms as tables in Markdown: those of the designers' guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.properties import TABLES
from engine.forms import CUSTOM_PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.properties import Property

HEADINGS = TABLES | {"Moduli": CUSTOM_PROPERTIES}
"""All there are, by the heading of the guide under which they stand."""
_HEAD = ("| Proprietà | Dove | Vuol dire | Si scrive | Da |", "|---|---|---|---|---|")


def table(entries: Iterable[Property]) -> str:
    """Draw some properties, one to a row."""
    return "\n".join((*_HEAD, *map(_row, entries)))


def _row(entry: Property) -> str:
    return f"| `{entry.name}` | {entry.place.name} | {entry.meaning} | {_written(entry)} | {entry.since} |"


def _written(entry: Property) -> str:
    words = ", ".join(f"`{value}`" for value in entry.values) or entry.says
    return f"{words}; più nomi si separano con virgole" if entry.names_several and entry.values else words

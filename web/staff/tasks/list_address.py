"""Read and write the address of a work list: its tab, filters, order, page and density."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask import url_for

if TYPE_CHECKING:
    from collections.abc import Mapping

SIZES = (25, 50, 100)
COMPACT, ROOMY = "compatte", "comode"
ORDER, INVERSE = "ordine", "inverso"
"""The piece of an address that turns the order of a list round."""
DUE_FILTERS = {"ritardo": "in ritardo", "domani": "entro domani", "settimana": "entro questa settimana"}


@dataclass(frozen=True)
class ListAddress:
    """One list as its address says it."""

    endpoint: str
    comune: str | None = None
    passo: str | None = None
    scadenza: str | None = None
    inverse: bool = False
    size: int = SIZES[0]
    rows: str | None = None
    after: str | None = None

    @classmethod
    def read(cls, endpoint: str, arguments: Mapping[str, str]) -> ListAddress:
        """Read a query string; what it says wrongly counts as not said."""
        due, rows = arguments.get("scadenza"), arguments.get("righe")
        return cls(
            endpoint,
            comune=arguments.get("comune") or None,
            passo=arguments.get("passo") or None,
            scadenza=due if due in DUE_FILTERS else None,
            inverse=arguments.get(ORDER) == INVERSE,
            size=_size(arguments.get("quante")),
            rows=rows if rows in (COMPACT, ROOMY) else None,
            after=arguments.get("dopo") or None,
        )

    @property
    def filtered(self) -> bool:
        return bool(self.comune or self.passo or self.scadenza)

    def url(self, **changes: Any) -> str:
        """Give the address of this list with some parts changed; whatever changes, it starts from the first page."""
        return self.narrowed(**changes).own_url()

    def narrowed(self, **changes: Any) -> ListAddress:
        return replace(self, after=None, **changes)

    def page_url(self, after: str | None) -> str:
        return replace(self, after=after).own_url()

    def without_filters(self) -> str:
        return self.url(comune=None, passo=None, scadenza=None)

    def pieces(self) -> dict[str, str]:
        """Give what a saved view keeps: filters and order, not how much of the list is seen and how."""
        order = INVERSE if self.inverse else None
        said = {"comune": self.comune, "passo": self.passo, "scadenza": self.scadenza, ORDER: order}
        return {name: value for name, value in said.items() if value is not None}

    def said(self) -> dict[str, str]:
        """Give the pieces of the address of the first page."""
        seen = {"quante": str(self.size) if self.size != SIZES[0] else None, "righe": self.rows}
        return self.pieces() | {name: value for name, value in seen.items() if value is not None}

    def own_url(self) -> str:
        page = {} if self.after is None else {"dopo": self.after}
        return url_for(self.endpoint, **self.said(), **page)  # type: ignore[arg-type]  # names of Flask’s own are none of these


def _size(text: str | None) -> int:
    return next((size for size in SIZES if str(size) == text), SIZES[0])

"""Read and write the address of the list of cases: its search, filters, order and page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask import url_for

from desk.searching import LONGEST

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN = {"": "Tutte", "aperte": "Aperte", "chiuse": "Concluse"}
OWN, OWN_WORDS = "mie", "Aperte e seguite da me"
"""Cases that the reader follows: only analysts follow cases."""
INVERSE = "inverso"


@dataclass(frozen=True)
class CasesAddress:
    """The list of pratiche as its address says it."""

    text: str = ""
    state: str = ""
    inverse: bool = False

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> CasesAddress:
        """Read a query string; what it says wrongly counts as not said."""
        state = arguments.get("stato", "")
        known = state if state in SHOWN or state == OWN else ""
        return cls(arguments.get("q", "").strip()[:LONGEST], known, arguments.get("ordine") == INVERSE)

    def pieces(self) -> dict[str, str]:
        """Give what a saved view keeps."""
        said = {"q": self.text, "stato": self.state, "ordine": INVERSE if self.inverse else ""}
        return {name: value for name, value in said.items() if value}

    def url(self, **changes: Any) -> str:
        """Give the address of this list with some parts changed, from its first page."""
        return url_for("pratiche.elenco", **replace(self, **changes).pieces())  # type: ignore[arg-type]

"""Frame every page of a requester's own case: the Comune's header, menu and footer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk import comuni
from web.parts.menu import public_menu

if TYPE_CHECKING:
    from desk.cases import CaseSummary
    from engine.store import UnitOfWork


def frame(uow: UnitOfWork, case: CaseSummary) -> dict[str, Any]:
    """Give the variables of the frame."""
    comune = comuni.get(uow, case.istat)
    return {"pratica": case, "comune": comune, "menu_pubblico": public_menu(comune), "sezione": "segui"}

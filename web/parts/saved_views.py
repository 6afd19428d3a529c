"""Link the views that a person saved of a list, above it, and the page that saves the present one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from desk.cases import saved_views as views

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.identity import Actor
    from engine.store import UnitOfWork


@dataclass(frozen=True)
class ViewLink:
    """A saved view; ``corrente`` where the list stands as the view says."""

    nome: str
    indirizzo: str
    corrente: bool


@dataclass(frozen=True)
class SavedViews:
    voci: Sequence[ViewLink]
    #: Where the present view can be saved; nothing where the list is whole, or saved as it is.
    salva: str | None


def saved_views(uow: UnitOfWork, actor: Actor, place: str, endpoint: str, pieces: Mapping[str, str]) -> SavedViews:
    """Give the views of one list, which the page at ``endpoint`` shows narrowed to ``pieces``, in one statement."""
    links = [
        ViewLink(view.name, url_for(endpoint, **view.pieces), dict(view.pieces) == pieces)  # type: ignore[arg-type]
        for view in views.of_list(uow, actor, place)
    ]
    is_new = bool(pieces) and not any(link.corrente for link in links)
    return SavedViews(links, url_for("viste.nuova", elenco=place, **pieces) if is_new else None)  # type: ignore[arg-type]

"""Words of refusals about saved views of lists."""

from __future__ import annotations

from http import HTTPStatus

from desk import errors as desk
from web.words.notice import MISSING, Notice, Refusals


def _unfit_name(refusal: desk.UnfitViewName) -> Notice:
    return Notice("Il nome non va bene", f"Scrivi un nome di una riga, al massimo {refusal.longest} caratteri.")


def _too_many(refusal: desk.TooManyViews) -> Notice:
    return Notice(f"Hai già {refusal.most} viste salvate", "Togline una che non usi più, poi salva questa.")


REFUSALS: Refusals = {
    desk.ViewNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.ViewNameTaken: (
        HTTPStatus.CONFLICT,
        Notice("Hai già una vista con questo nome", "Scegline un altro, oppure togli quella che c’è."),
    ),
    desk.UnfitViewName: (HTTPStatus.UNPROCESSABLE_ENTITY, _unfit_name),
    desk.UnfitView: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("Non c’è niente da salvare", "Scegli prima un filtro, una ricerca o un ordine dell’elenco."),
    ),
    desk.TooManyViews: (HTTPStatus.CONFLICT, _too_many),
}

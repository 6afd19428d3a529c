"""Words of refusals about keeping and erasing cases."""

from __future__ import annotations

from http import HTTPStatus

from desk import errors as desk
from web.words.notice import MISSING, Notice, Refusals

REFUSALS: Refusals = {
    desk.InvalidTerm: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("Il termine non è possibile", "Scrivi quanti mesi, da 1 a 600."),
    ),
    desk.ReasonMissing: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("Manca il motivo", "Scrivi perché la pratica va conservata, in 200 caratteri al massimo."),
    ),
    desk.HoldNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.NotExpired: (
        HTTPStatus.CONFLICT,
        Notice("La pratica non si può cancellare", "È ancora aperta, o il suo termine non è passato."),
    ),
    desk.CaseHeld: (
        HTTPStatus.CONFLICT,
        Notice("La pratica è bloccata", "Qualcuno ha chiesto di conservarla. Togli prima il blocco."),
    ),
}

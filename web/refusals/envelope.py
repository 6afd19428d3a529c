"""Words of refusals about the sealed envelope."""

from __future__ import annotations

from http import HTTPStatus

from desk import errors as desk
from web.words.notice import MISSING, Notice, Refusals

UNFIT_DEPOSIT = {
    "vuoto": "Scrivi un testo o scegli un file.",
    "troppo_grande": "È troppo grande: al massimo 50.000 caratteri di testo, o 20 MB per un file.",
    "nome": "Dai al file un nome più corto.",
}


def _unfit_deposit(refusal: desk.UnfitDeposit) -> Notice:
    return Notice("Questo non entra nella busta", UNFIT_DEPOSIT[refusal.flaw])


REFUSALS: Refusals = {
    desk.AccessNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.EnvelopeKeyMissing: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        Notice(
            "La busta riservata ora non si può usare",
            "Manca la chiave che la apre. Quello che contiene è al sicuro; il resto della pratica funziona.",
        ),
    ),
    desk.EnvelopeTampered: (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        Notice("La busta riservata non si può leggere", "Il contenuto non è quello depositato."),
    ),
    desk.NothingAgreed: (
        HTTPStatus.CONFLICT,
        Notice("La busta si riempie dopo l’accordo", "Prima serve l’accordo di riservatezza, o la rinuncia scritta."),
    ),
    desk.SpokenOnly: (
        HTTPStatus.CONFLICT,
        Notice("L’idea si racconta solo a voce", "Per usare la busta, togli prima questa scelta."),
    ),
    desk.EnvelopeHoldsItems: (
        HTTPStatus.CONFLICT,
        Notice("La busta non è vuota", "Togli prima quello che contiene, poi scegli «solo a voce»."),
    ),
    desk.EnvelopeDestroyed: (
        HTTPStatus.CONFLICT,
        Notice("La busta è stata distrutta", "Non contiene più niente e non si può più usare."),
    ),
    desk.EnvelopeFull: (HTTPStatus.CONFLICT, Notice("La busta è piena", "Togli qualcosa per fare posto.")),
    desk.UnfitDeposit: (HTTPStatus.UNPROCESSABLE_ENTITY, _unfit_deposit),
    desk.EnvelopeItemNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.InvalidAgreement: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("L’accordo ha qualcosa da correggere", "Torna indietro e controlla date, firme e persone."),
    ),
}

"""Words of refusals about documents."""

from __future__ import annotations

from http import HTTPStatus

from desk import errors as desk
from web.words.documents import refused_words, too_many_words
from web.words.notice import MISSING, Notice, Refusals


def _unavailable(refusal: desk.StorageUnavailable) -> Notice:
    title = "Non c’è più posto per i documenti" if refusal.full else "L’archivio dei documenti ora non risponde"
    return Notice(title, "Quello che c’era già è al sicuro. Se stai mandando un file, tienilo e mandalo più tardi.")


REFUSALS: Refusals = {
    desk.DocumentRefused: (HTTPStatus.UNPROCESSABLE_ENTITY, lambda refusal: Notice(*refused_words(refusal))),
    desk.TooManyDocuments: (HTTPStatus.CONFLICT, lambda refusal: Notice(*too_many_words(refusal))),
    desk.ScannerUnavailable: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        Notice("L’antivirus non risponde", "Senza il suo controllo non accettiamo documenti. Riprova tra poco."),
    ),
    desk.StorageUnavailable: (HTTPStatus.SERVICE_UNAVAILABLE, _unavailable),
    desk.DocumentNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.DocumentLost: (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        Notice("Il documento non si trova più come era stato consegnato", "Chiama l’assistenza."),
    ),
}

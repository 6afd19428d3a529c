"""Words of refusals about Comuni, hours and special days."""

from __future__ import annotations

from http import HTTPStatus

from desk import errors as desk
from web.words.notice import MISSING, Notice, Refusals

REFUSALS: Refusals = {
    desk.ComuneNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.ComuneNotJoined: (
        HTTPStatus.CONFLICT,
        Notice("Questo Comune non ha ancora uno sportello", "Non può ricevere richieste. Scegline uno che ha aderito."),
    ),
    desk.DeskInUse: (
        HTTPStatus.CONFLICT,
        Notice("Questo è uno sportello vero", "I dati dimostrativi non si possono mettere qui."),
    ),
    desk.InvalidHours: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("Un orario non è possibile", "La chiusura deve venire dopo l’apertura."),
    ),
    desk.OverlappingHours: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("Due orari si sovrappongono", "Nello stesso giorno ogni apertura finisce prima della successiva."),
    ),
    desk.InvalidPeriod: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("Le date non sono in ordine", "L’ultimo giorno non può venire prima del primo."),
    ),
    desk.SpecialDayNotFound: (HTTPStatus.NOT_FOUND, MISSING),
}

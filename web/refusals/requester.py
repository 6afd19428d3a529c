"""Words of refusals that requesters meet on their own pages."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from desk import errors as desk
from web.words.notice import Notice

if TYPE_CHECKING:
    from web.words.notice import Refusals

REFUSALS: Refusals = {
    desk.NotConcluded: (
        HTTPStatus.CONFLICT,
        Notice("La richiesta non è ancora conclusa", "Potrai dirci com’è andata alla fine."),
    ),
    desk.AlreadyRated: (HTTPStatus.CONFLICT, Notice("Ci hai già detto com’è andata", "Grazie: basta una volta.")),
    desk.InvalidRating: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("Una risposta è da correggere", "Torna indietro e scegli tra le risposte proposte."),
    ),
}

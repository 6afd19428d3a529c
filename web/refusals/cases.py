"""Words of refusals about opening a case, and about who works on one."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from desk import errors as desk
from web.words.notice import Notice

if TYPE_CHECKING:
    from web.words.notice import Refusals

ADVICE = "Avvisa l’assistenza: un progettista deve dire in un processo solo da quale pagina si apre."


def _not_named(refusal: desk.ProcessNotNamed) -> Notice:
    named = ", ".join(f"«{key}»" for key in refusal.keys)
    title = f"Più processi si aprono da qui: {named}" if named else "Nessun processo è ancora in servizio"
    return Notice(title, ADVICE if named else "Avvisa l’assistenza: un progettista deve pubblicarne uno.")


CONFLICT = Notice(
    "C’è un conflitto di interessi",
    "Chi lo ha non lavora a questa pratica: la fa un’altra persona, che sceglie il coordinatore.",
)
REFUSALS: Refusals = {
    desk.ConflictOfInterest: (HTTPStatus.CONFLICT, CONFLICT),
    desk.ProcessNotNamed: (HTTPStatus.CONFLICT, _not_named),
}

"""Words of refusals about messages and letters."""

from __future__ import annotations

from http import HTTPStatus

from desk import errors as desk
from web.words.notice import MISSING, Notice, Refusals


def _unusable_message(refusal: desk.UnusableMessage) -> Notice:
    return Notice(f"Il messaggio «{refusal.name}» è da correggere", f"{refusal.problem.capitalize()}.")


def _letter(refusal: desk.LetterFailed) -> Notice:
    where = f"alla riga {refusal.line} di «{refusal.letter}»" if refusal.line else f"in «{refusal.letter}»"
    return Notice("La lettera non si può preparare", f"C’è un errore {where}: {refusal.problem}. Avvisa chi la cura.")


REFUSALS: Refusals = {
    desk.LetterNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.LetterFailed: (HTTPStatus.INTERNAL_SERVER_ERROR, _letter),
    desk.UnusableMessage: (HTTPStatus.UNPROCESSABLE_ENTITY, _unusable_message),
    desk.Undeliverable: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("Questo indirizzo e-mail non funziona", "Controllalo: forse manca una lettera o la chiocciola."),
    ),
    desk.MailNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.StepNotFound: (HTTPStatus.NOT_FOUND, MISSING),
}

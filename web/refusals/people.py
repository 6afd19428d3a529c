"""Words of refusals about people: accounts, passwords, roles, mandates."""

from __future__ import annotations

from http import HTTPStatus

from desk import errors as desk
from web.words.dates import date_words, hour_words
from web.words.mandates import lack_words
from web.words.notice import MISSING, MOVED_ON, Notice, Refusals


def _too_many(refusal: desk.TooManyAttempts) -> Notice:
    when = hour_words(refusal.retry_at)
    return Notice("Troppi tentativi", f"Per sicurezza aspettiamo un po’. Riprova dopo le {when}.")


def _weak(refusal: desk.WeakPassword) -> Notice:
    return Notice("Scegli una password più sicura", f"Usa almeno {refusal.minimum} caratteri, senza il tuo nome.")


def _not_qualified(refusal: desk.NotQualified) -> Notice:
    return Notice("Non puoi ancora ricevere richieste", " ".join(map(lack_words, refusal.reasons)))


def _overlapping_mandates(refusal: desk.OverlappingMandates) -> Notice:
    until = f"al {date_words(refusal.last)}" if refusal.last else "in avanti"
    text = f"Ce n’è uno dal {date_words(refusal.first)} {until}. Correggi quello, o scegli altri giorni."
    return Notice("C’è già un incarico in quei giorni", text)


UNFIT_ACCOUNT = {
    "username": Notice(
        "Il nome utente non va bene",
        "Usa lettere senza accenti, cifre, punti e trattini, per esempio ada.esempio: al massimo 64.",
    ),
    "name": Notice("Manca il nome della persona", "Scrivi nome e cognome su una riga, in 200 caratteri al massimo."),
    "email": Notice("Questo indirizzo e-mail non va bene", "Scrivilo per esempio così: ada@comune.example."),
}


def _unfit(refusal: desk.UnfitAccount) -> Notice:
    return UNFIT_ACCOUNT[refusal.field]


def _comune_missing(refusal: desk.ComuneMissing) -> Notice:
    return Notice(f"Il ruolo {refusal.role} vale in un Comune", "Scegli in quale, o in quali.")


REFUSALS: Refusals = {
    desk.DeskRefusal: (HTTPStatus.CONFLICT, MOVED_ON),
    desk.NotAllowed: (HTTPStatus.NOT_FOUND, MISSING),
    desk.NotQualified: (HTTPStatus.CONFLICT, _not_qualified),
    desk.TrainingIncomplete: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Notice("La formazione non è completa", "Scrivi sia il giorno, già passato, sia chi l’ha tenuta."),
    ),
    desk.OverlappingMandates: (HTTPStatus.UNPROCESSABLE_ENTITY, _overlapping_mandates),
    desk.UserNotFound: (HTTPStatus.NOT_FOUND, MISSING),
    desk.RoleNotHeld: (HTTPStatus.NOT_FOUND, MISSING),
    desk.UserExists: (
        HTTPStatus.CONFLICT,
        Notice("Questa persona c’è già", "Il nome utente o l’e-mail sono di qualcun altro."),
    ),
    desk.UnfitAccount: (HTTPStatus.UNPROCESSABLE_ENTITY, _unfit),
    desk.ComuneMissing: (HTTPStatus.UNPROCESSABLE_ENTITY, _comune_missing),
    desk.WeakPassword: (HTTPStatus.UNPROCESSABLE_ENTITY, _weak),
    desk.TooManyAttempts: (HTTPStatus.TOO_MANY_REQUESTS, _too_many),
}

"""Say mandates in words: what a referente lacks to receive requests, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.lacks import MandateLack
from desk.people.mandates import Qualification
from web.words.dates import date_words

if TYPE_CHECKING:
    from desk.lacks import DatedLack

QUALIFICATIONS = {
    Qualification.OFFICIAL: "Funzionario del Comune",
    Qualification.EMPLOYEE: "Dipendente del Comune",
    Qualification.ELECTED: "Amministratore (sindaco, assessore, consigliere)",
    Qualification.VOLUNTEER: "Volontario",
}
LACKS = {
    MandateLack.NO_MANDATE: "Il tuo incarico di referente non è registrato.",
    MandateLack.NOT_YET: "Il tuo incarico di referente comincia il {day}.",
    MandateLack.EXPIRED: "Il tuo incarico di referente è finito il {day}.",
    MandateLack.NOT_TRAINED: (
        "La tua formazione non è registrata: i referenti ricevono richieste solo dopo averla fatta."
    ),
}
REMEDIES = {
    MandateLack.NO_MANDATE: "Chiedi all’ufficio del programma di registrarlo.",
    MandateLack.NOT_YET: "Fino a quel giorno può ricevere richieste solo un altro referente.",
    MandateLack.EXPIRED: "Chiedi al tuo Comune di rinnovarlo e all’ufficio del programma di registrarlo.",
    MandateLack.NOT_TRAINED: "Chiedi all’ufficio del programma quando si tiene il prossimo corso.",
}


def lack_words(reason: DatedLack) -> str:
    """Tell a referente what they lack and what to do."""
    return f"{_fact(reason)} {REMEDIES[reason.lack]}"


def _fact(reason: DatedLack) -> str:
    return LACKS[reason.lack].format(day=date_words(reason.day) if reason.day else "")

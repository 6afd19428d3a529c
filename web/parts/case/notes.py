"""Phrase the notes that the desk writes into a case's history, by code; a note without a row is not told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.parts.case.phrase import PEOPLE, TIMES, Phrase
from web.request.people import person_name
from web.words import envelope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.store import Event

DEPOSITED = {
    "richiesta": "ha depositato la richiesta: la sua impronta è sulla ricevuta.",
    "busta": "ha depositato qualcosa nella busta riservata: la sua impronta è sulla ricevuta.",
}


def _said(sentence: str) -> Callable[[Event, Mapping[str, str]], str]:
    return lambda *_: sentence


def _about(verb: str) -> Callable[[Event, Mapping[str, str]], str]:
    """Name the person whom a note is about."""

    def sentence(event: Event, names: Mapping[str, str]) -> str:
        who = str(event.facts.get("persona") or "")
        return f"{verb} {names.get(who) or person_name(who)}."

    return sentence


def _deposited(event: Event, _: Mapping[str, str]) -> str:
    return DEPOSITED.get(str(event.facts.get("what")), "ha depositato qualcosa: la sua impronta è sulla ricevuta.")


def _seen(verb: str) -> Callable[[Event, Mapping[str, str]], str]:
    """Say why an envelope was opened, in the words its requester reads."""
    return lambda event, _: f"{verb}{envelope.why(event.facts)}."


def _mailed(what: str) -> Phrase:
    """Tell of a message, named as its file is called."""

    def sentence(event: Event, _: Mapping[str, str]) -> str:
        return f"l’e-mail «{str(event.facts.get('messaggio')).replace('-', ' ')}» {what}"

    return Phrase(TIMES, "it-mail", "rosso", sentence, personal=False)


def _sealed(sign: str, colour: str, sentence: str) -> Phrase:
    return Phrase(PEOPLE, sign, colour, _said(sentence))


NOTES: Mapping[str, Phrase] = {
    "codice_segreto_consegnato": Phrase(PEOPLE, "it-key", "", _said("ha consegnato il codice segreto.")),
    "deposito": Phrase(PEOPLE, "it-file-signed", "verde", _deposited),
    "documento_aggiunto": Phrase(PEOPLE, "it-upload", "blu", _said("ha aggiunto un documento.")),
    "documento_tolto": Phrase(PEOPLE, "it-delete", "", _said("ha tolto un documento.")),
    "busta_accordo": _sealed("it-file-signed", "viola", "ha registrato un accordo di riservatezza."),
    "busta_rinuncia": _sealed("it-lock", "viola", "ha scelto di usare la busta riservata senza accordo."),
    "busta_revoca": _sealed("it-lock", "viola", "ha revocato l’accordo di riservatezza."),
    "busta_conflitto": Phrase(PEOPLE, "it-lock", "viola", _about("ha registrato un conflitto d’interessi di")),
    "busta_conflitto_tolto": Phrase(PEOPLE, "it-lock", "viola", _about("ha tolto il conflitto d’interessi di")),
    "busta_tolta": _sealed("it-lock", "viola", "ha tolto qualcosa dalla busta riservata."),
    "busta_a_voce": _sealed("it-lock", "viola", "ha cambiato la scelta di raccontare l’idea solo a voce."),
    "busta_distrutta": _sealed("it-lock", "viola", "ha distrutto la busta riservata."),
    "busta_aperta": Phrase(PEOPLE, "it-unlocked", "viola", _seen("ha aperto la busta riservata")),
    "busta_scaricata": Phrase(PEOPLE, "it-download", "viola", _seen("ha scaricato un documento dalla busta riservata")),
    "busta_rifiutata": _sealed("it-lock", "viola", "ha provato ad aprire la busta riservata, che è rimasta chiusa."),
    "avviso_respinto": _mailed("è tornata indietro: l’indirizzo non funziona."),
    "avviso_fermo": _mailed("non è partita: se ne occupa chi amministra."),
    "allegato_mancante": _mailed("è partita senza il suo allegato, che non si è potuto preparare."),
    "blocco_messo": Phrase(PEOPLE, "it-lock", "", _said("ha chiesto di conservare la pratica oltre il suo termine.")),
    "blocco_tolto": Phrase(PEOPLE, "it-unlocked", "", _said("ha tolto il blocco: la pratica segue il suo termine.")),
    "apertura_segnalata": Phrase(
        PEOPLE, "it-warning-circle", "rosso", _about("ha segnalato un’apertura della busta che non riconosce, di")
    ),
}
"""``busta_depositata`` has no row: the deposit's own note, with its fingerprint, is written beside it."""

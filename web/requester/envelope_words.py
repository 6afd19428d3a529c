"""Say accesses to the envelope in the requester's words: who looked, why, and why somebody could not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.envelope import Note, Purpose
from desk.requester.reports import Doubt
from web.words.envelope import WHY, access_sentence, things

if TYPE_CHECKING:
    from desk.envelope import EnvelopeAccess

PURPOSES = {
    **WHY,
    Purpose.OUTCOME: "per scrivere il tuo percorso",
    Purpose.REQUESTER_ASKED: "perché l’hai chiesto tu",
}
VERBS = {Note.OPENED: "ha letto", Note.DOWNLOADED: "ha scaricato"}
DOUBTS = {
    Doubt.STRANGER: "Non conosco questa persona",
    Doubt.NO_REASON: "Non capisco perché l’ha aperta",
    Doubt.NOT_ALLOWED_ANY_MORE: "Avevo già revocato l’accordo",
    Doubt.CALL_ME: "Altro: richiamatemi",
}
UNFIT = {
    "vuoto": "Scrivi qualcosa, oppure scegli un file",
    "troppo_grande": "È troppo lungo: dividilo in parti",
    "nome": "Il nome del file è troppo lungo: accorcialo",
}


def access_words(access: EnvelopeAccess) -> str:
    """Say what somebody did, from the verb on: «ha letto 1 documento per la prima analisi»."""
    if access.note is Note.REFUSED:
        return access_sentence(access)
    why = PURPOSES[access.purpose] if access.purpose else ""
    return f"{VERBS[access.note]} {things(access.count)} {why}".rstrip()

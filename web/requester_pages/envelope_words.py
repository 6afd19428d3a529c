"""The sealed envelope in the requester's words: who looked, why, and why somebody could not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.envelope import Note, Purpose, Reason
from desk.requester.reports import Doubt

if TYPE_CHECKING:
    from desk.envelope import Access

PURPOSES = {
    Purpose.FIRST_ANALYSIS: "per la prima analisi",
    Purpose.PREPARE_MEETING: "per preparare l’incontro",
    Purpose.MEETING: "durante l’incontro",
    Purpose.OUTCOME: "per scrivere il tuo percorso",
    Purpose.REQUESTER_ASKED: "perché l’hai chiesto tu",
}
REASONS = {
    Reason.NO_AGREEMENT: "non c’era un accordo di riservatezza",
    Reason.NOT_NAMED: "l’accordo non la nomina",
    Reason.EXPIRED: "l’accordo era scaduto",
    Reason.REVOKED: "l’accordo era stato revocato",
    Reason.CONFLICT: "ha un conflitto d’interessi",
    Reason.NO_PURPOSE: "non aveva detto perché",
    Reason.TAMPERED: "il contenuto non era più quello depositato",
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


def access_words(access: Access) -> str:
    """Say what somebody did, from the verb on: «ha letto 1 documento per la prima analisi»."""
    if access.note is Note.REFUSED:
        reason = REASONS[access.reason] if access.reason else "non poteva"
        return f"ha provato ad aprirla ed è rimasta chiusa: {reason}"
    how_many = "1 documento" if access.count == 1 else f"{access.count} documenti"
    return " ".join(filter(None, [VERBS[access.note], how_many, PURPOSES[access.purpose] if access.purpose else ""]))

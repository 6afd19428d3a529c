"""Say the sealed envelope in words: why it is opened, why it stays closed, what its history says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk.access import Role
from desk.envelope import DenialReason, ItemKind, Means, Note, Purpose
from web.words.documents import size_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desk.envelope import EnvelopeAccess, SealedItem

__all__ = [
    "CLOSED_BECAUSE",
    "MEANS",
    "PURPOSES",
    "WHY",
    "access_sentence",
    "item_words",
    "role_words",
    "size_words",
    "things",
    "why",
]
PURPOSES = {
    Purpose.FIRST_ANALYSIS: "Prima analisi",
    Purpose.PREPARE_MEETING: "Preparare l’incontro",
    Purpose.MEETING: "Durante l’incontro",
    Purpose.OUTCOME: "Scrivere il percorso",
    Purpose.REQUESTER_ASKED: "Lo ha chiesto il richiedente",
}
WHY = {
    Purpose.FIRST_ANALYSIS: "per la prima analisi",
    Purpose.PREPARE_MEETING: "per preparare l’incontro",
    Purpose.MEETING: "durante l’incontro",
    Purpose.OUTCOME: "per scrivere il percorso",
    Purpose.REQUESTER_ASKED: "perché l’ha chiesto il richiedente",
}
REFUSED_BECAUSE = {
    DenialReason.NO_AGREEMENT: "non c’era un accordo in vigore",
    DenialReason.NOT_NAMED: "l’accordo nomina altre persone",
    DenialReason.EXPIRED: "l’accordo era scaduto",
    DenialReason.REVOKED: "l’accordo era stato revocato",
    DenialReason.CONFLICT: "c’era un conflitto di interessi",
    DenialReason.NO_PURPOSE: "mancava il motivo",
    DenialReason.STRANGER: "non segue la richiesta",
    DenialReason.TAMPERED: "il contenuto non era quello depositato",
}
CLOSED_BECAUSE = {
    "nessun_accordo": "Non c’è un accordo di riservatezza in vigore.",
    "non_nominato": "L’accordo di riservatezza non ti nomina.",
    "scaduto": "L’accordo che ti nomina è scaduto.",
    "revocato": "L’accordo che ti nomina è stato revocato.",
    "conflitto": "Hai un conflitto di interessi in questa pratica.",
    "senza_motivo": "Scegli prima perché la apri.",
    "estraneo": "Non segui questa pratica.",
    "alterata": "Il contenuto non è quello depositato: avvisa l’assistenza.",
}


MEANS = {
    Means.BY_HAND: "Firma autografa, su carta",
    Means.DIGITAL: "Firma digitale",
    Means.ADVANCED: "Firma elettronica avanzata",
}
ROLES = {
    Role.REFERENTE: "referente del Comune",
    Role.ANALISTA: "analista {firm}",
    Role.COORDINATORE: "coordinatore {firm}",
    Role.PROGRAMME_OFFICE: "ufficio programma",
    Role.DESIGNER: "progettista",
    Role.ADMINISTRATOR: "amministratore del programma",
}


def access_sentence(access: EnvelopeAccess) -> str:
    """Say an access after the person's name: «ha letto 2 documenti per la prima analisi»."""
    why = f" {WHY[access.purpose]}" if access.purpose else ""
    if access.note == Note.OPENED:
        return f"ha letto {things(access.count)}{why}"
    if access.note == Note.DOWNLOADED:
        return f"ha scaricato {things(access.count)}{why}"
    because = f": {REFUSED_BECAUSE[access.reason]}" if access.reason else ""
    return f"ha provato ad aprire la busta, che è rimasta chiusa{because}"


def why(facts: Mapping[str, Any]) -> str:
    """Say the purpose that a line of the history holds, after its verb; nothing where none was given."""
    return f" {WHY[Purpose(facts['motivo'])]}" if facts.get("motivo") else ""


def role_words(role: str, firm: str) -> str:
    """Say the role somebody acted in, and for whom, as the requester reads it."""
    words: str = ROLES.get(role, role.lower())  # type: ignore[call-overload]  # roles are strings
    return words.replace("{firm}", firm)


def things(count: int) -> str:
    """Say how many texts and files, without saying which."""
    return {0: "la busta vuota", 1: "1 documento"}.get(count, f"{count} documenti")


def item_words(item: SealedItem, place: int) -> str:
    """Name an item without its name: «Testo 1», «File 2, 240 kB»."""
    if item.kind == ItemKind.TEXT:
        return f"Testo {place}"
    return f"File {place}, {size_words(item.size)}"

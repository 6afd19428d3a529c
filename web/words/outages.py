"""Say outages to whoever keeps the program running, on the console and in «Incidenti»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.upkeep.outages import OutageKind
from web.words.notice import Notice

if TYPE_CHECKING:
    from desk.upkeep.outages import Outage

KEYS = "SPORTELLO_ENVELOPE_KEYS"
MEANWHILE = "Fino ad allora quelle buste restano chiuse. Tutto il resto funziona."
NOT_NOW = "Fino ad allora non si aggiungono documenti. Tutto il resto funziona."
NOTICES = {
    OutageKind.NO_KEY: Notice(
        "Non c’è nessuna chiave per le buste riservate",
        f"Mettine una in {KEYS} e riavvia il programma. Fino ad allora le buste restano chiuse. Il resto funziona.",
    ),
    OutageKind.STORAGE_FULL: Notice("L’archivio dei documenti è pieno", f"Libera spazio sul disco. {NOT_NOW}"),
    OutageKind.STORAGE_UNUSABLE: Notice(
        "L’archivio dei documenti non si può usare",
        f"Controlla che la cartella «documenti» ci sia e che il programma ci possa scrivere. {NOT_NOW}",
    ),
    OutageKind.DOCUMENTS_GONE: Notice(
        "I documenti non sono nell’archivio",
        "Controlla SPORTELLO_FOLDER e che il disco giusto sia collegato. Intanto non aggiungere documenti.",
    ),
}


def outage_notice(outage: Outage) -> Notice:
    """Say what is lacking, what does not go meanwhile and what to do."""
    if outage.lack in NOTICES:
        return NOTICES[outage.lack]
    needing = "una busta riservata" if outage.envelopes == 1 else f"{outage.envelopes} buste riservate"
    if outage.lack is OutageKind.KEY_MISSING:
        return Notice(
            f"Manca la chiave «{outage.key}» di {needing}", f"Rimettila in {KEYS} e riavvia il programma. {MEANWHILE}"
        )
    title = f"La chiave «{outage.key}» non è quella di {needing}"
    return Notice(title, f"Rimetti in {KEYS} quella di prima, con lo stesso nome, e riavvia il programma. {MEANWHILE}")

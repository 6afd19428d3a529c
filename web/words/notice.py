"""Hold what a page says of a refusal, and the words that several refusals share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from engine.errors import EngineError


@dataclass(frozen=True)
class Notice:
    """What a page says of a refusal: what happened, what is safe, what to do."""

    title: str
    text: str


Refusals = Mapping[type[EngineError], tuple[HTTPStatus, Notice | Callable[[Any], Notice]]]
"""Status and words by class; words may depend on what the refusal carries."""

MISSING = Notice("Questa pagina non c’è", "Forse l’indirizzo è sbagliato, o la pratica non è tra quelle che segui.")
MOVED_ON = Notice(
    "La pratica è cambiata mentre scrivevi",
    "Qualcuno l’ha modificata nello stesso momento. Le tue risposte non sono perse: torna indietro e riprova.",
)
DIAGRAM_STUCK = Notice(
    "La pratica non riesce ad andare avanti",
    "Il problema è nel procedimento, non in quello che hai scritto. Le tue risposte restano in bozza.",
)
UNREADABLE = Notice("Il file ha qualcosa da correggere", "Aprilo nell’editor e guarda i problemi segnalati.")

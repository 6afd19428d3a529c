"""Tell whose turn it is, in one sentence at the top of a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.states import Turn as Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk.cases import CaseSummary
    from web.parts.case.awaited import Awaited
    from web.parts.case.next_steps import NextStep


@dataclass(frozen=True)
class TurnWords:
    titolo: str
    testo: str
    tono: str
    icona: str
    indirizzo: str = ""
    invito: str = ""


def turn(case: CaseSummary, steps: Sequence[NextStep], answer: Awaited | None) -> TurnWords:
    """Say who acts next and what on; the reader's own turn comes before anybody else's."""
    if case.closed_at or case.state.is_final:  # what is left is only to write to the requester
        return TurnWords(f"La pratica è {case.state.label.lower()}", case.outcome or "", "ok", "it-check-circle")
    mine = next((step for step in steps if step.mia), None)
    if mine:
        return TurnWords(f"Tocca a te: «{mine.nome}»", _by_when(mine), "", "it-user", mine.indirizzo, "Apri l’attività")
    free = next((step for step in steps if step.libera and step.indirizzo), None)
    if free:
        title = f"Puoi prendere in carico «{free.nome}»"
        return TurnWords(title, _by_when(free), "", "it-user", free.indirizzo, "Guarda l’attività")
    if case.turn is Side.REQUESTER:
        return _of_requester(case, answer)
    if steps:
        return TurnWords(f"«{steps[0].nome}»: {steps[0].di_chi}", _by_when(steps[0]), "", "it-clock")
    return TurnWords("Nessuno deve fare niente, per ora", case.sentence or "", "", "it-clock")


def _of_requester(case: CaseSummary, answer: Awaited | None) -> TurnWords:
    if answer is None:
        return TurnWords(
            "Tocca al richiedente", f"Legge: «{case.sentence}»" if case.sentence else "", "attesa", "it-clock"
        )
    text = f"{_by_when(answer)} {answer.poi}".strip()
    return TurnWords("Tocca al richiedente: aspettiamo la sua risposta", text, "attesa", "it-clock")


def _by_when(step: NextStep | Awaited) -> str:
    return f"Entro {step.scadenza.data}: {step.scadenza.parole}." if step.scadenza else "Non ha una scadenza."

"""How a designer reads what the engine refused in a scenario, in Italian."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.problems import FieldError


def _answers(wrong: tuple[FieldError, ...]) -> str:
    return "; ".join(f"{error.path}: {error.message}" for error in wrong)


_TOLD: Final[Mapping[type[Exception], Callable[[Any], str]]] = {
    errors.InvalidAnswers: lambda each: _answers(each.errors),
    errors.NotACandidate: lambda each: f"«{each.user}» non ha fra i suoi gruppi un ruolo che prende «{each.task}»",
    errors.TaskNotFound: lambda _: "la pratica non è fra gli ambiti della persona",
    errors.AlreadyClaimed: lambda each: f"«{each.task}» è già di «{each.assignee}»",
    errors.NotStartedByHand: lambda each: f"«{each.key}» comincia da un messaggio o da un segnale, non a mano",
    errors.NoPathChosen: lambda each: f"da «{each.element_id}» nessuna freccia va bene, e nessuna è predefinita",
    errors.ExpressionFailed: lambda each: f"«{each.expression}» di «{each.element_id}» non si calcola: {each.reason}",
    errors.UncaughtError: lambda each: f"nessuno prende l’errore «{each.code or 'senza codice'}»",
    errors.StepBudgetExceeded: lambda each: f"il processo gira a vuoto: {each.steps} passi senza mai attendere",
}


def told(failure: Exception) -> str:
    """Say what a step ran into; a refusal that no scenario should meet is called by its name."""
    words = _TOLD.get(type(failure))
    return words(failure) if words else f"{type(failure).__name__}: {failure}"

"""Decisions: a rule task names a decision of the folder, and its table can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.check.diagram import camunda, is_executable
from engine.check.rules import Finding, rule
from engine.check.words import called

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.check.diagram import Diagram


_MAPPINGS: Final = frozenset({None, "singleEntry", "singleResult", "collectEntries", "resultList"})


@rule("rule-task-without-decision", "unsupported")
def rule_task_without_decision(diagram: Diagram) -> Iterator[Finding]:
    for task in diagram.all("businessRuleTask"):
        if is_executable(task) and not camunda(task, "decisionRef") and not camunda(task, "topic"):
            yield Finding(
                task,
                f"{called(task)} non dice quale tabella usare.",
                "Scrivi camunda:decisionRef con l’id di una decisione.",
            )


@rule("decision-not-fixed", "unsupported")
def decision_not_fixed(diagram: Diagram) -> Iterator[Finding]:
    for task in diagram.all("businessRuleTask"):
        computed = (camunda(task, "decisionRef") or "").startswith(("=", "$", "#"))
        mapping = camunda(task, "mapDecisionResult")
        if is_executable(task) and (computed or mapping not in _MAPPINGS):
            yield Finding(
                task,
                f"{called(task)} calcola il nome della decisione, o ne legge il risultato in un modo sconosciuto.",
                f"Scrivi l’id della decisione; per mapDecisionResult usa {', '.join(sorted(filter(None, _MAPPINGS)))}.",
            )


@rule("unknown-decision", "unsupported")
def unknown_decision(diagram: Diagram) -> Iterator[Finding]:
    known = diagram.folder.decisions
    for task in diagram.all("businessRuleTask"):
        wanted = camunda(task, "decisionRef") or ""
        if is_executable(task) and wanted and not wanted.startswith(("=", "$", "#")) and wanted not in known:
            yield Finding(
                task,
                f"{called(task)} usa la decisione «{wanted}», che non c’è nella cartella.",
                f"Decisioni della cartella: {', '.join(sorted(known)) or 'nessuna'}.",
            )

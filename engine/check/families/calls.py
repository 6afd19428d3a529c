"""Call activities: what they call, and what they hand over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.check.diagram import children, extension, is_executable, reference
from engine.check.rules import Finding, rule
from engine.check.words import called, line_of
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram

_OWN_KEY: Final = "#{execution.processBusinessKey}"


def _targets(diagram: Diagram, call: Element) -> list[tuple[Diagram, Element]]:
    return diagram.folder.callable.get(reference(call.get("calledElement")), [])


@rule("called-element-missing", "invalid")
def called_element_missing(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.3.6: a call activity names a process or a global task; here one of the same folder."""
    for call in diagram.all("callActivity"):
        wanted = reference(call.get("calledElement"))
        if not _targets(diagram, call) and is_executable(call):
            other = diagram.find(wanted) if wanted else None
            what = (
                f"richiama «{wanted}», che non è un processo della cartella" if wanted else "non dice che cosa richiama"
            )
            yield Finding(
                call,
                f"{called(call)} {what}.",
                "Scrivi in calledElement l’id di un processo."
                if other is None
                else f"Scrivi in calledElement l’id di un processo, non di «{tag(other)}».",
            )


@rule("global-task-called", "unsupported")
def global_task_called(diagram: Diagram) -> Iterator[Finding]:
    for call in diagram.all("callActivity"):
        for _, found in _targets(diagram, call):
            if tag(found) != "process" and is_executable(call):
                yield Finding(
                    call, f"{called(call)} richiama un’attività globale.", "Richiama un processo della cartella."
                )


@rule("called-process-not-ready", "unsupported")
def called_process_not_ready(diagram: Diagram) -> Iterator[Finding]:
    for call in diagram.all("callActivity"):
        for home, found in _targets(diagram, call) if is_executable(call) else ():
            starts = children(found, "startEvent")
            blank = [event for event in starts if not home.definitions(event)]
            if tag(found) == "process" and (not is_executable(found) or (starts and not blank)):
                yield Finding(
                    call,
                    f"{called(call)} richiama un processo che non si può avviare così.",
                    "Il processo richiamato deve essere eseguibile e avere un inizio senza evento.",
                )


@rule("call-mapping", "unsupported")
def call_mapping(diagram: Diagram) -> Iterator[Finding]:
    for call in diagram.all("callActivity"):
        for passed in (*extension(call, "in"), *extension(call, "out")):
            if is_executable(call) and not _is_passed(passed):
                yield Finding(
                    call,
                    f"{called(call)} passa una variabile senza dire quale, o in un modo che qui non si esegue.",
                    'Scrivi source e target, oppure variables="all".',
                    line_of(passed),
                )


def _is_passed(passed: Element) -> bool:
    if passed.get("businessKey") is not None:
        return passed.get("businessKey") == _OWN_KEY
    named = (passed.get("source") or passed.get("sourceExpression")) and passed.get("target")
    return passed.get("variables") == "all" or (bool(named) and passed.get("local") != "true")

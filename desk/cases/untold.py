"""Advise on properties that a process lacks: without them its cases are listed without name, state or readers."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from desk.access import Role
from desk.properties import CASE_BORN, CASE_REQUESTER, FORWARDS, OPENED_FROM, STATE
from engine.check import called, camunda, children, extension, is_executable, label, line_of, text_of
from engine.errors import InvalidXml
from engine.problems import Problem
from engine.xml import BPMN, read_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

_AWAY: Final = (Role.ANALISTA, Role.COORDINATORE)
"""Who sees a case only once it is forwarded (see ``access.SEES``)."""
_NAMELESS: Final = (
    "case-without-name",
    "non dice chi è il richiedente: gli elenchi mostrano «Richiedente da registrare».",
    "Scrivi tra le proprietà del processo pratica.richiedente, per esempio =nome; poi pratica.titolo.",
)
_STATELESS: Final = (
    "case-without-state",
    "non dice mai a che punto è la pratica: si legge «Bozza» fino alla fine.",
    "Scrivi la proprietà «stato» sulle attività e sulle fini.",
)
_UNSEEN: Final = (
    "case-not-forwarded",
    "dà attività ad analisti o coordinatori, che però non vedono la pratica: nessun passo la inoltra.",
    "Scrivi la proprietà «inoltro» con il valore true dove la pratica arriva a loro.",
)


_AGELESS: Final = (
    "case-without-birth",
    "non dice quando è nato il richiedente: per un minorenne non si chiede chi firma con lui.",
    "Scrivi tra le proprietà del processo pratica.nascita, per esempio =nato_il.",
)


def check(documents: Mapping[str, bytes]) -> Iterator[Problem]:
    """Find what the processes that begin cases leave untold; those that others call belong to their cases."""
    roots = dict(_readable(documents))
    inner = {each.get("calledElement") for root in roots.values() for each in root.iter(f"{{{BPMN}}}callActivity")}
    for file, root in roots.items():
        for process in root.iter(f"{{{BPMN}}}process"):
            if is_executable(process) and process.get("id") not in inner:
                for rule, message, advice in _untold(process):
                    place = file, line_of(process), process.get("id", ""), label(process)
                    yield Problem(*place, "advice", rule, f"{called(process)} {message}", advice)


def _readable(documents: Mapping[str, bytes]) -> Iterator[tuple[str, Element]]:
    for file in documents:
        if file.endswith(".bpmn"):
            with suppress(InvalidXml):  # the engine tells of it
                yield file, read_xml(documents[file], file)


def _untold(process: Element) -> Iterator[tuple[str, str, str]]:
    told = {
        (each.get("name"), each.get("value")) for node in process.iter("{*}*") for each in extension(node, "property")
    }
    names = {name for name, _ in told}
    if next(process.iter(f"{{{BPMN}}}userTask"), None) is None:
        return
    if CASE_REQUESTER.name not in names:
        yield _NAMELESS
    if OPENED_FROM.name in names and CASE_BORN.name not in names:
        yield _AGELESS
    if STATE.name not in names:
        yield _STATELESS
    if (FORWARDS.name, "true") not in told and not _takers(process).isdisjoint(_AWAY):
        yield _UNSEEN


def _takers(process: Element) -> set[str]:
    """Give the roles that tasks are for, as their lanes and their attributes name them."""
    tasks = {task.get("id"): task for task in process.iter(f"{{{BPMN}}}userTask")}
    named = (camunda(task, "candidateGroups") or "" for task in tasks.values())
    held = {
        label(lane)
        for lane in process.iter(f"{{{BPMN}}}lane")
        for ref in children(lane, "flowNodeRef")
        if (task := tasks.get(text_of(ref))) is not None and not camunda(task, "candidateGroups")
    }
    return held.union(group.strip() for groups in named for group in groups.split(","))

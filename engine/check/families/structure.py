"""What the file is made of: known elements in their places, each with an id of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from engine.check.diagram import children, is_bpmn, is_executable
from engine.check.notation import CHILDREN, FLOW_NODES, HOMES, VALUES, VOCABULARY
from engine.check.rules import Finding, rule
from engine.check.words import called, line_of
from engine.xml import BPMN, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram

_MIME: Final = re.compile(r"[\w.+-]+/[\w.+-]+")
_IDENTIFIED: Final = FLOW_NODES | {"process", "sequenceFlow", "messageFlow", "participant"}


@rule("not-bpmn", "invalid")
def not_bpmn(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §15.3: a file holds one ``definitions``."""
    if not (is_bpmn(diagram.root) and tag(diagram.root) == "definitions"):
        yield Finding(
            diagram.root,
            "Il file non è un diagramma BPMN 2.0.",
            f"La radice deve essere «definitions» nello spazio dei nomi {BPMN}.",
        )


@rule("unknown-element", "invalid")
def unknown_element(diagram: Diagram) -> Iterator[Finding]:
    for element in diagram.elements:
        if tag(element) not in VOCABULARY:
            yield Finding(
                element,
                f"«{tag(element)}» non è un elemento di BPMN.",
                "Togli l’elemento o sostituiscilo con uno della notazione.",
            )


@rule("misplaced-element", "invalid")
def misplaced_element(diagram: Diagram) -> Iterator[Finding]:
    """BPMN20.xsd: what may stand directly inside what."""
    for element in diagram.elements:
        for child in element:
            if is_bpmn(child) and tag(child) in VOCABULARY and not _may_stand(child, element):
                yield Finding(
                    child,
                    f"«{tag(child)}» non può stare dentro «{tag(element)}».",
                    "Sposta l’elemento dove la notazione lo ammette, o toglilo.",
                )


def _may_stand(child: Element, around: Element) -> bool:
    allowed, homes = CHILDREN.get(tag(around)), HOMES.get(tag(child))
    return (allowed is None or tag(child) in allowed) and (homes is None or tag(around) in homes)


@rule("duplicate-id", "invalid")
def duplicate_id(diagram: Diagram) -> Iterator[Finding]:
    seen = defaultdict(list)
    for element in diagram.elements:
        if element.get("id"):
            seen[element.get("id")].append(element)
    for shared, elements in seen.items():
        for element in elements[1:]:
            yield Finding(
                element,
                f"L’id «{shared}» è già usato alla riga {line_of(elements[0])}.",
                "Dai a ogni elemento un id diverso.",
            )


@rule("missing-id", "invalid")
def missing_id(diagram: Diagram) -> Iterator[Finding]:
    for element in diagram.elements:
        if tag(element) in _IDENTIFIED and not element.get("id"):
            yield Finding(element, f"{called(element)} non ha un id.", "Dai all’elemento un id unico nel file.")


@rule("documentation-format", "invalid")
def documentation_format(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §8.3.1: ``textFormat`` is a MIME type."""
    for element in diagram.all("documentation", "textAnnotation"):
        written = element.get("textFormat")
        if written is not None and not _MIME.fullmatch(written):
            yield Finding(
                element,
                f"Il formato «{written}» della documentazione non è un tipo MIME.",
                "Scrivi «text/plain» o togli l’attributo textFormat.",
            )


@rule("attribute-value", "invalid")
def attribute_value(diagram: Diagram) -> Iterator[Finding]:
    """BPMN20.xsd: attributes that take one of a few words."""
    for element in diagram.elements:
        for name, allowed in VALUES.items():
            written = element.get(name)
            if written is not None and written not in allowed:
                yield Finding(
                    element,
                    f"{called(element)} ha {name} «{written}».",
                    f"Scrivi uno di questi valori: {', '.join(sorted(allowed))}.",
                )


@rule("no-executable-process", "unsupported")
def no_executable_process(diagram: Diagram) -> Iterator[Finding]:
    processes = diagram.all("process")
    if tag(diagram.root) == "definitions" and all(each.get("isExecutable") == "false" for each in processes):
        yield Finding(
            processes[0] if processes else diagram.root,
            "Nessun processo del file è eseguibile.",
            'Segna il processo come eseguibile: casella «Executable», isExecutable="true".',
        )


@rule("executable-not-said", "unsupported")
def executable_not_said(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.2.1 leaves open what holds where nothing is said; here somebody has to say it."""
    for process in diagram.all("process"):
        if process.get("isExecutable") is None:
            yield Finding(
                process,
                f"{called(process)} non dice se è eseguibile.",
                'Scrivi isExecutable="true", o "false" per un processo solo disegnato.',
            )


@rule("process-not-named-as-folder", "advice")
def process_not_named_as_folder(diagram: Diagram) -> Iterator[Finding]:
    """See that a folder has a process of its name: its forms, its scenarios and who starts it look for that one."""
    folder, name = diagram.folder, diagram.folder.surroundings.folder
    run = [process for each in folder.diagrams for process in each.all("process") if is_executable(process)]
    named = name is None or name in folder.callable or not folder.all_drawn
    if not named and run and run[0] in diagram.all("process"):
        yield Finding(
            run[0],
            f"{called(run[0])} ha l’id «{run[0].get('id')}», ma la cartella si chiama «{name}».",
            f"Scrivi «{name}» in «Process ID» (in «ID», se non c’è un pool), o rinomina la cartella.",
        )


@rule("public-executable", "invalid")
def public_executable(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.2.1: an executable process is a private one."""
    for process in diagram.all("process"):
        if is_executable(process) and process.get("processType") == "Public":
            yield Finding(
                process,
                f"{called(process)} è eseguibile ma di tipo «Public».",
                "Un processo eseguibile è privato: togli processType o scrivi «Private».",
            )


@rule("element-not-drawn", "advice")
def element_not_drawn(diagram: Diagram) -> Iterator[Finding]:
    for element in (*diagram.nodes, *diagram.flows) if diagram.drawn else ():
        if element.get("id") not in diagram.drawn:
            yield Finding(
                element,
                f"{called(element)} non è disegnato nel diagramma.",
                "Aggiungi la sua figura: chi guarda il diagramma non lo vede.",
            )


@rule("resource-assigned-twice", "invalid")
def resource_assigned_twice(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.3.2: a named resource and an assignment expression exclude each other."""
    for role in diagram.all("resourceRole", "performer", "humanPerformer", "potentialOwner"):
        named = children(role, "resourceRef", "resourceParameterBinding")
        if named and children(role, "resourceAssignmentExpression"):
            yield Finding(
                role,
                f"{called(role)} assegna la risorsa in due modi.",
                "Tieni i parametri oppure l’espressione di assegnazione, non entrambi.",
            )

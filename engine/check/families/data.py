"""Data: what flows into and out of activities and events, and whether the sorts fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.check.diagram import children, is_executable, reference, text_of
from engine.check.notation import EVENT_DEFINITIONS, EVENTS, THROWING
from engine.check.rules import Finding, rule
from engine.check.words import called
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram

_SETS: Final = (
    ("inputSet", "dataInputRefs", ("optionalInputRefs", "whileExecutingInputRefs")),
    ("outputSet", "dataOutputRefs", ("optionalOutputRefs", "whileExecutingOutputRefs")),
)
_PAYLOADS: Final = {
    "messageEventDefinition": ("messageRef", "itemRef"),
    "signalEventDefinition": ("signalRef", "structureRef"),
    "errorEventDefinition": ("errorRef", "structureRef"),
    "escalationEventDefinition": ("escalationRef", "structureRef"),
}
"""Where each event definition names what it carries, and where that names its sort."""


def _structure(diagram: Diagram, item: str | None) -> str | None:
    """Give what an item definition consists of; without a structure, its own id tells it apart."""
    found = diagram.find(item) if item else None
    return None if found is None else found.get("structureRef") or found.get("id")


def _item(diagram: Diagram, data: Element | None) -> str | None:
    """Give the item definition of a piece of data, following a data object reference."""
    if data is not None and data.get("dataObjectRef"):
        data = diagram.find(data.get("dataObjectRef"))
    return None if data is None else data.get("itemSubjectRef")


def _own_data(element: Element, name: str) -> list[Element]:
    """Give the data inputs or outputs of an element, from its specification or directly."""
    holders = [element, *children(element, "ioSpecification")]
    return [data for holder in holders for data in children(holder, name)]


@rule("collection-mismatch", "invalid")
def collection_mismatch(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.4.1: data and its item definition agree on being a collection."""
    for data in diagram.all("dataInput", "dataOutput", "dataObject"):
        item = diagram.find(data.get("itemSubjectRef")) if data.get("itemSubjectRef") else None
        if item is not None and data.get("isCollection", "false") != item.get("isCollection", "false"):
            yield Finding(
                data,
                f"I dati «{data.get('name') or data.get('id')}» e il loro tipo non dicono lo stesso su isCollection.",
                "Scrivi lo stesso valore di isCollection in entrambi.",
            )


@rule("data-outside-sets", "invalid")
def data_outside_sets(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.4.2: every data input belongs to an input set, every data output to an output set."""
    for holder in (*diagram.all("ioSpecification"), *diagram.all(*sorted(EVENTS))):
        for name, group, member in (
            ("dataInput", "inputSet", "dataInputRefs"),
            ("dataOutput", "outputSet", "dataOutputRefs"),
        ):
            sets = children(holder, group)
            listed = {reference(text_of(ref)) for each in sets for ref in children(each, member)}
            for data in children(holder, name):
                if data.get("id") not in listed:
                    yield Finding(
                        data,
                        f"I dati «{data.get('name') or data.get('id')}» non stanno in nessun {group}.",
                        f"Elencali in un {group}.",
                    )


@rule("data-association-mismatch", "invalid")
def data_association_mismatch(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.4.2: without a transformation source and target are of one sort."""
    for association in diagram.all("dataInputAssociation", "dataOutputAssociation"):
        if children(association, "transformation", "assignment"):
            continue
        target = next((diagram.find(text_of(ref)) for ref in children(association, "targetRef")), None)
        wanted = _structure(diagram, _item(diagram, target))
        for ref in children(association, "sourceRef"):
            given = _structure(diagram, _item(diagram, diagram.find(text_of(ref))))
            if wanted is not None and given is not None and wanted != given:
                yield Finding(
                    association,
                    f"{called(association)} riceve dati di tipo «{given}» dove servono «{wanted}».",
                    "Usa lo stesso tipo o scrivi una trasformazione.",
                )


@rule("several-data-sources", "invalid")
def several_data_sources(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.4.2: several sources need a transformation."""
    for association in diagram.all("dataInputAssociation", "dataOutputAssociation"):
        if len(children(association, "sourceRef")) > 1 and not children(association, "transformation"):
            yield Finding(
                association,
                f"{called(association)} unisce più dati senza dire come.",
                "Lascia una sola origine o scrivi una trasformazione.",
            )


@rule("event-data-missing", "invalid")
def event_data_missing(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.1: an event with data has some for each of its triggers that carries any."""
    for event in diagram.events:
        has = _own_data(event, "dataInput" if tag(event) in THROWING else "dataOutput")
        given = [_structure(diagram, _item(diagram, data)) for data in has]
        for definition in children(event, *EVENT_DEFINITIONS) if has else ():
            wanted = _structure(diagram, _payload(diagram, definition))
            if wanted is not None and (wanted not in given or not _matched(diagram, event, len(has))):
                yield Finding(
                    event,
                    f"{called(event)} non ha dati per ciascuno dei suoi eventi.",
                    "Aggiungi un dato per ogni messaggio, segnale o errore che ne porta.",
                )
                break


def _payload(diagram: Diagram, definition: Element) -> str | None:
    """Give the item definition of what an event carries."""
    carrier, item = _PAYLOADS.get(tag(definition), ("", ""))
    found = diagram.find(definition.get(carrier)) if definition.get(carrier) else None
    return None if found is None else found.get(item)


def _matched(diagram: Diagram, event: Element, count: int) -> bool:
    carrying = [each for each in children(event, *EVENT_DEFINITIONS) if _payload(diagram, each)]
    return count >= len(carrying)


@rule("operation-data-mismatch", "invalid")
def operation_data_mismatch(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.3.3: the data of a task are of the sort of its operation's or its own message."""
    for task in diagram.all("serviceTask", "sendTask", "receiveTask"):
        for message, name in _messages(diagram, task):
            wanted = message.get("itemRef")
            data = _own_data(task, name)
            if wanted and (data or tag(task) == "serviceTask") and not _fits(diagram, wanted, data):
                yield Finding(
                    task,
                    f"{called(task)} non ha dati del tipo del suo messaggio.",
                    "Dai ai dati lo stesso tipo (itemDefinition) del messaggio.",
                )


def _messages(diagram: Diagram, task: Element) -> Iterator[tuple[Element, str]]:
    """Give the messages of a task and the name of the data that meets each."""
    direct = diagram.find(task.get("messageRef")) if task.get("messageRef") else None
    if direct is not None:
        yield direct, "dataOutput" if tag(task) == "receiveTask" else "dataInput"
    operation = diagram.find(task.get("operationRef")) if tag(task) == "serviceTask" else None
    for name, data in (("inMessageRef", "dataInput"), ("outMessageRef", "dataOutput")):
        for ref in children(operation, name) if operation is not None else ():
            message = diagram.find(text_of(ref))
            if message is not None:
                yield message, data


def _fits(diagram: Diagram, wanted: str, data: list[Element]) -> bool:
    return _structure(diagram, wanted) in [_structure(diagram, each.get("itemSubjectRef")) for each in data]


@rule("called-data-mismatch", "invalid")
def called_data_mismatch(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.3.6: a call activity has the data inputs and outputs of what it calls."""
    for call in diagram.all("callActivity"):
        for home, target in diagram.folder.callable.get(reference(call.get("calledElement")), ()):
            for name in ("dataInput", "dataOutput"):
                mine = sorted(_structure(diagram, data.get("itemSubjectRef")) or "" for data in _own_data(call, name))
                theirs = sorted(_structure(home, data.get("itemSubjectRef")) or "" for data in _own_data(target, name))
                if mine != theirs and children(call, "ioSpecification") and is_executable(call):
                    yield Finding(
                        call,
                        f"{called(call)} non ha gli stessi dati ({name}) di ciò che richiama.",
                        "Riporta nella chiamata gli stessi dati, con gli stessi tipi.",
                    )


@rule("data-flow-ignored", "unsupported")
def data_flow_ignored(diagram: Diagram) -> Iterator[Finding]:
    for association in diagram.all("dataInputAssociation", "dataOutputAssociation"):
        if is_executable(association):
            yield Finding(
                association,
                f"{called(association)} scambia dati con un’associazione, che qui non viene eseguita.",
                "Usa le variabili del processo: i compiti le leggono e le scrivono tutte.",
            )


@rule("data-store", "unsupported")
def data_store(diagram: Diagram) -> Iterator[Finding]:
    for store in diagram.all("dataStoreReference"):
        if is_executable(store):
            yield Finding(
                store,
                f"{called(store)} non viene letto né scritto.",
                "Toglilo, o scrivi ciò che vuoi dire in un’annotazione.",
            )


@rule("data-sets-missing", "invalid")
def data_sets_missing(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.4.2: a specification has at least one input set and one output set, even empty."""
    for specification in diagram.all("ioSpecification"):
        for name in ("inputSet", "outputSet"):
            if not children(specification, name):
                yield Finding(
                    specification,
                    f"{called(specification)} dichiara dati senza {name}.",
                    f"Aggiungi un {name}, anche vuoto.",
                )


@rule("data-set-subset", "invalid")
def data_set_subset(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.4.2: what is optional, or read while running, is also listed among the data of the set."""
    for group, member, others in _SETS:
        for each in diagram.all(group):
            listed = {reference(text_of(ref)) for ref in children(each, member)}
            for ref in children(each, *others):
                if reference(text_of(ref)) not in listed:
                    yield Finding(
                        ref,
                        f"{called(ref)} elenca «{text_of(ref)}» come {tag(ref)} ma non come {member}.",
                        f"Elencalo anche in {member}.",
                    )


@rule("data-reference-with-type", "invalid")
def data_reference_with_type(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.4.1: a reference has a state but no type of its own; the object has a type but no state."""
    for data in diagram.all("dataObjectReference", "dataObject"):
        typed = tag(data) == "dataObjectReference" and data.get("itemSubjectRef")
        if typed or (tag(data) == "dataObject" and children(data, "dataState")):
            yield Finding(
                data,
                f"{called(data)} dice ciò che spetta {'all’oggetto dati' if typed else 'al suo riferimento'}.",
                "Il tipo sta sull’oggetto dati (dataObject), lo stato sul riferimento (dataObjectReference).",
            )


@rule("data-association-direction", "invalid")
def data_association_direction(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.4.2: data come in through an element's own inputs and leave through its own outputs."""
    for name, end, own in (
        ("dataInputAssociation", "targetRef", "dataInput"),
        ("dataOutputAssociation", "sourceRef", "dataOutput"),
    ):
        for association in diagram.all(name):
            holder = association.getparent()
            mine = [] if holder is None else [data.get("id") for data in _own_data(holder, own)]
            for ref in children(association, end):
                if reference(text_of(ref)) not in mine:
                    yield Finding(
                        association,
                        f"{called(association)} scambia dati che non sono suoi: «{text_of(ref)}».",
                        f"Indica un {own} di questo elemento.",
                    )

"""Check what a diagram says of the messages it sends, before it is deployed."""

from __future__ import annotations

from contextlib import suppress
from difflib import get_close_matches
from typing import TYPE_CHECKING

from desk.mail.operation import TOPIC
from desk.properties import CALENDAR, LETTER, RECIPIENT, TO_SEND
from engine.check import called, camunda, extension, label, line_of
from engine.errors import InvalidXml
from engine.problems import Problem
from engine.xml import read_xml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from lxml.etree import _Element as Element

    from engine.properties import Property

MESSAGES, LETTERS = ("messages/", ".md"), ("letters/", ".typ")


def check(documents: Mapping[str, bytes]) -> Iterator[Problem]:
    """Find service tasks that could not write, for want of a message, a reader or a file to go with it."""
    messages, letters = _names(documents, *MESSAGES), _names(documents, *LETTERS)
    known = {
        TO_SEND: messages,
        RECIPIENT: RECIPIENT.values,
        CALENDAR: CALENDAR.values,
        LETTER: {name for name in letters if not name.startswith("_")},
    }
    used = set()
    for file, element in _writing(documents):
        said = _properties(element)
        used.add(TO_SEND.of(said))
        yield from _wrong(file, element, said, known)
    yield from (_unused(name) for name in sorted(messages - used) if _all_drawn(documents))


def _names(documents: Mapping[str, bytes], folder: str, ending: str) -> set[str]:
    files = (file for file in documents if file.startswith(folder) and file.endswith(ending))
    return {file.removeprefix(folder).removesuffix(ending) for file in files}


def _is_diagram(file: str) -> bool:
    return file.endswith(".bpmn")


def _all_drawn(documents: Mapping[str, bytes]) -> bool:
    """Whether there are diagrams and all can be read, so that a message that none of them sends is sent by nobody."""
    diagrams = [file for file in documents if _is_diagram(file)]
    try:
        return bool([read_xml(documents[file], file) for file in diagrams])
    except InvalidXml:
        return False


def _writing(documents: Mapping[str, bytes]) -> Iterator[tuple[str, Element]]:
    """Give the elements that send a message; a diagram that cannot be read is told by the engine."""
    for file in filter(_is_diagram, documents):
        with suppress(InvalidXml):
            root = read_xml(documents[file], file)
            yield from ((file, each) for each in root.iter("{*}*") if camunda(each, "topic") == TOPIC)


def _properties(element: Element) -> dict[str, str]:
    return {each.get("name", ""): each.get("value", "") for each in extension(element, "property")}


def _wrong(
    file: str, element: Element, said: Mapping[str, str], known: Mapping[Property, Collection[str]]
) -> Iterator[Problem]:
    """Compare each property with what it may say; an operation that names no message writes nothing."""
    for entry, choices in known.items():
        value = entry.of(said)
        if (value or entry is TO_SEND) and value not in choices:
            message, advice = _words(element, entry, value, choices)
            line, id_ = line_of(element), element.get("id", "")
            yield Problem(file, line, id_, label(element), "unsupported", f"mail-{RULES[entry]}", message, advice)


RULES = {TO_SEND: "message", RECIPIENT: "reader", CALENDAR: "calendar", LETTER: "letter"}
"""How the findings about each property are called."""
FILES = {
    TO_SEND: "Metti il file tra i messaggi del processo",
    LETTER: "Metti il file tra le lettere del processo",
}


def _words(element: Element, entry: Property, value: str, choices: Collection[str]) -> tuple[str, str]:
    if not value:
        return (
            f"{called(element)} non dice quale messaggio manda.",
            f"Scrivi il suo nome nella proprietà «{entry.name}».",
        )
    near = get_close_matches(value.lower(), sorted(choices), n=1)
    hint = f": intendevi «{near[0]}»?" if near else "."
    act = FILES.get(entry, f"Scegli tra {', '.join(sorted(choices))}")
    return f"{called(element)}: «{entry.name}» dice «{value}», che non c’è{hint}", f"{act}, o correggi la proprietà."


def _unused(name: str) -> Problem:
    message = f"Nessuna attività manda il messaggio «{name}»."
    advice = f"Scrivilo nella proprietà «{TO_SEND.name}» di un’attività, o togli il file."
    return Problem(f"{MESSAGES[0]}{name}{MESSAGES[1]}", 1, "", name, "advice", "orphan-message", message, advice)

"""What diagrams tell the desk in properties, checked before they are deployed: a misspelt one would go unnoticed."""

from __future__ import annotations

from contextlib import suppress
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from desk.access import Role
from desk.states import PublicState, Turn
from engine.check import called, extension, label, line_of
from engine.errors import InvalidXml
from engine.problems import Problem
from engine.xml import read_xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element as Element

    from engine.problems import Kind

_ROLES: Final = frozenset(role.value for role in Role)
CHOICES: Final = {
    "stato": frozenset(state.value for state in PublicState) - {PublicState.CANCELED.value},
    "tocca-a": frozenset(turn.value for turn in Turn),
    "rivolto-a": _ROLES | {Turn.REQUESTER.value},
    "assegnabile-da": _ROLES,
    "inoltro": frozenset({"true", "false"}),
}
"""What a property may say; the two about people may name several, between commas."""
_SEVERAL: Final = ("rivolto-a", "assegnabile-da")
_CASE: Final = ("richiedente", "titolo", "argomento", "urgenza", "contatto", "email")
_AGENDA: Final = ("analista", "proposte", "appuntamento", "durata", "in_comune", "esito")
NAMES: Final = frozenset(CHOICES).union(
    ("pubblico", "spiega", "modulo", "azione", "se-non-risponde", "se-non-rispondi"),
    ("messaggio", "a", "calendario", "lettera"),
    (f"pratica.{name}" for name in _CASE),
    (f"agenda.{name}" for name in _AGENDA),
)
"""The properties that the desk reads, as the guide for designers lists them."""


def check(documents: Mapping[str, bytes]) -> Iterator[Problem]:
    """Find properties that say what the desk does not know, and names that are nearly one of its own."""
    for file in documents:
        if file.endswith(".bpmn"):
            with suppress(InvalidXml):  # the engine tells of it
                yield from _of_diagram(file, read_xml(documents[file], file))


def _of_diagram(file: str, root: Element) -> Iterator[Problem]:
    for element in root.iter("{*}*"):
        for each in extension(element, "property"):
            for rule, kind, message, advice in _told(element, each.get("name", ""), each.get("value", "").strip()):
                yield Problem(file, line_of(each), element.get("id", ""), label(element), kind, rule, message, advice)


def _told(element: Element, name: str, value: str) -> Iterator[tuple[str, Kind, str, str]]:
    if name not in NAMES:
        if near := _near(name, NAMES):
            message = f"{called(element)} ha la proprietà «{name}», che qui non si legge: intendevi «{near}»?"
            yield (
                "unknown-property",
                "advice",
                message,
                "Correggi il nome, o lascialo se serve ad altri.",
            )
        return
    said = [part.strip() for part in value.split(",")] if name in _SEVERAL else [value]
    for part in said:
        if name in CHOICES and part not in CHOICES[name]:
            near = _near(part, CHOICES[name])
            hint = f": intendevi «{near}»?" if near else "."
            message = f"{called(element)}: «{name}» dice «{part}», che non c’è{hint}"
            yield "property-value", "unsupported", message, f"Scegli tra {', '.join(sorted(CHOICES[name]))}."


def _near(word: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.75)), "")

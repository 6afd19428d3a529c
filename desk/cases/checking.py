"""Check the properties of diagrams before they are deployed: names misspelt or misplaced, values that mean nothing."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from desk.properties import PROPERTIES, WRITING
from engine.check import called, extension, label, line_of
from engine.errors import InvalidXml
from engine.problems import Problem
from engine.properties import near_name
from engine.xml import read_xml, tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

    from engine.problems import Kind
    from engine.properties import Property

Told = tuple[str, "Kind", str, str]
"""Rule, kind, message and advice of a finding."""


def check(documents: Mapping[str, bytes]) -> Iterator[Problem]:
    """Find properties of diagrams that nothing reads, for their name or their place, and values that mean nothing."""
    for file in documents:
        if file.endswith(".bpmn"):
            with suppress(InvalidXml):  # the engine tells of it
                yield from _of_diagram(file, read_xml(documents[file], file))


def _of_diagram(file: str, root: Element) -> Iterator[Problem]:
    for element in root.iter("{*}*"):
        written = list(extension(element, "property"))
        has_ours = any(each.get("name") in PROPERTIES for each in written)
        for each in written:
            name, value = each.get("name", ""), each.get("value", "").strip()
            for rule, kind, message, advice in _told(element, name, value, has_ours=has_ours):
                yield Problem(file, line_of(each), element.get("id", ""), label(element), kind, rule, message, advice)


def _told(element: Element, name: str, value: str, *, has_ours: bool) -> Iterator[Told]:
    entry = PROPERTIES.get(name)
    if entry is None:
        yield from _unknown(element, name, has_ours=has_ours)
    else:
        yield from _misplaced(element, entry)
        # What a task writes to people is checked with the files that come along.
        yield from _wrong(element, entry, value) if entry.values and entry not in WRITING else ()


def _unknown(element: Element, name: str, *, has_ours: bool) -> Iterator[Told]:
    """Tell of a name that is nearly one of ours, or that stands where ours do; others' properties are theirs."""
    near = near_name(name, PROPERTIES)
    if near or has_ours:
        hint = f": intendevi «{near}»?" if near else "."
        message = f"{called(element)} ha la proprietà «{name}», che qui non si legge{hint}"
        yield "unknown-property", "advice", message, "Correggi il nome, o lascialo se serve ad altri."


def _misplaced(element: Element, entry: Property) -> Iterator[Told]:
    if tag(element) not in entry.place.types:
        message = f"{called(element)} ha la proprietà «{entry.name}», che qui non ha effetto."
        yield "property-place", "advice", message, f"Scrivila dove si legge: {entry.place.name}."


def _wrong(element: Element, entry: Property, value: str) -> Iterator[Told]:
    said = [part.strip() for part in value.split(",")] if entry.names_several else [value]
    for part in said:
        if part not in entry.values:
            near = near_name(part, entry.values)
            hint = f": intendevi «{near}»?" if near else "."
            message = f"{called(element)}: «{entry.name}» dice «{part}», che non c’è{hint}"
            yield "property-value", "unsupported", message, f"Scegli tra {', '.join(sorted(entry.values))}."

"""The variables that the expressions of a deployment may speak of: what its forms ask, what its diagrams work out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine import forms
from engine.check.diagram import camunda, children, extension, text_of
from engine.errors import InvalidXml
from engine.xml import BPMN, read_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Files

ALWAYS: Final = frozenset({"completed_by", "loopCounter"})
"""What the engine itself gives every case, and every instance of a multi-instance activity."""
IN_DIAGRAMS: Final = frozenset({"initiator", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances"})
"""What only the expressions of a diagram see: forms and tables do not."""
_NAMING: Final = (
    "resultVariable",
    "elementVariable",
    "errorCodeVariable",
    "errorMessageVariable",
    "escalationCodeVariable",
)


def variables_of(folder: Files) -> frozenset[str] | None:
    """Give the names that may have a value; None where any may, or nobody can say.

    Tasks without forms take any answers; what a file that cannot be read asks or works out is not known.
    """
    given = folder.surroundings.names
    asked = [forms.keys_of(source, file) for file, source in folder.forms.items()]
    unreadable = len(folder.diagrams) < sum(file.endswith(".bpmn") for file in folder.documents) or None in asked
    if unreadable or (folder.form_keys is None and given is None):
        return None
    made = {name for diagram in folder.diagrams for element in diagram.elements for name in _made(element)}
    return ALWAYS.union(made, given or (), folder.surroundings.beside, *filter(None, asked))


def choices_of(folder: Files) -> dict[str, frozenset[str]]:
    """Give the variables that forms alone write, and only as one of the options written there, with these options."""
    asked: dict[str, frozenset[str] | None] = {}
    for file, source in folder.forms.items():
        for key, texts in forms.choices_of(source, file).items():
            known = asked.get(key, frozenset())
            asked[key] = None if known is None or texts is None else known | texts
    made = {name for diagram in folder.diagrams for element in diagram.elements for name in _made(element)}
    others = made.union(folder.surroundings.names or (), folder.surroundings.beside)
    return {key: texts for key, texts in asked.items() if texts is not None and key not in others}


def made_in(source: bytes, file: str) -> frozenset[str]:
    """Give the variables that a diagram's elements write; none where it cannot be read."""
    try:
        root = read_xml(source, file)
    except InvalidXml:
        return frozenset()
    return frozenset(name for element in root.iter(f"{{{BPMN}}}*") for name in _made(element))


def _made(element: Element) -> Iterator[str]:
    """Give the variables that an element writes."""
    yield from filter(None, (camunda(element, name) for name in _NAMING))
    for parameter in ("inputParameter", "outputParameter"):
        yield from filter(None, (each.get("name") for each in extension(element, parameter)))
    for mapping in ("in", "out"):
        yield from filter(None, (each.get("target") for each in extension(element, mapping)))
    for data in children(element, "inputDataItem", "outputDataItem"):
        yield data.get("name") or data.get("id") or ""
    yield from filter(None, map(text_of, children(element, "loopDataOutputRef")))

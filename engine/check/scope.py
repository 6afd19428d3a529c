"""The variables that the expressions of a deployment may speak of: what its forms ask, what its diagrams work out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine import forms
from engine.check.diagram import camunda, extension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.folder import Folder

ALWAYS: Final = frozenset(
    {"initiator", "completed_by", "loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances"}
)
"""What the engine itself gives every case, and every instance of a multi-instance activity."""
_NAMING: Final = (
    "resultVariable",
    "elementVariable",
    "errorCodeVariable",
    "errorMessageVariable",
    "escalationCodeVariable",
)


def variables_of(folder: Folder) -> frozenset[str] | None:
    """Give the names that may have a value; None where tasks without forms take any answers, so that any name may."""
    given = folder.surroundings.names
    if folder.form_keys is None and given is None:
        return None
    asked = {name for file, source in folder.forms.items() for name in _asked(source, file)}
    made = {name for diagram in folder.diagrams for element in diagram.elements for name in _made(element)}
    return ALWAYS | asked | made | set(given or ())


def _asked(source: bytes, file: str) -> frozenset[str]:
    try:
        return forms.load(source, file).keys
    except forms.InvalidForm:  # told by the form's own check
        return frozenset()


def _made(element: Element) -> Iterator[str]:
    """Give the variables that an element writes."""
    yield from filter(None, (camunda(element, name) for name in _NAMING))
    for parameter in ("inputParameter", "outputParameter"):
        yield from filter(None, (each.get("name") for each in extension(element, parameter)))
    for mapping in ("in", "out"):
        yield from filter(None, (each.get("target") for each in extension(element, mapping)))

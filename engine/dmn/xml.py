"""Reading DMN's elements whatever the version: names without their namespace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

Element = etree._Element  # noqa: SLF001 — lxml gives its elements no public name


def children(element: Element, *names: str) -> Iterator[Element]:
    """Give the children of these names, all of them where none is given."""
    for child in element:
        name = tag(child)
        if name and (not names or name in names):
            yield child


def child(element: Element, *names: str) -> Element | None:
    """Return the first child of one of these names."""
    return next(children(element, *names), None)


def line_of(element: Element) -> int:
    """Return the line on which an element's tag opens."""
    return int(str(element.sourceline or 1))


def own_text(element: Element) -> str:
    """Return an element's text as it stands, comments left out."""
    return "".join([element.text or "", *(part.tail or "" for part in element)])


def text(element: Element | None) -> str:
    """Return the text of an element's ``text`` child, or its own."""
    if element is None:
        return ""
    inner = child(element, "text")
    return own_text(element if inner is None else inner).strip()


def attribute(element: Element, name: str, otherwise: str = "") -> str:
    return element.get(name) or otherwise


def is_true(element: Element, name: str) -> bool:
    """Whether an attribute says yes, in either of the ways XML Schema lets it."""
    return attribute(element, name).strip() in ("true", "1")


def type_ref(element: Element | None) -> str:
    """Return the type an element refers to: an attribute since DMN 1.2, a child before and in item definitions.

    DMN 1.1 wrote qualified names (``feel:string``): a prefix that the file declares is no part of the name.
    """
    if element is None:
        return ""
    inner = child(element, "typeRef")
    found = (own_text(inner) if inner is not None else attribute(element, "typeRef")).strip()
    prefix, colon, local = found.partition(":")
    return local if colon and prefix in element.nsmap else found


def reference(element: Element) -> tuple[str, str]:
    """Return the namespace (empty for this model) and the id that an ``href`` points to."""
    namespace, _, identifier = (element.get("href") or "").rpartition("#")
    return namespace, identifier

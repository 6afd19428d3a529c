"""Read the XML of diagrams and decision tables, hardened against hostile files.

No document type declaration, no entities, no network, no more than two megabytes, twenty thousand elements and a
hundred levels. Every element knows the line on which its tag begins.
"""

from __future__ import annotations

from typing import Final
from xml.parsers import expat
from xml.parsers.expat import errors

from lxml import etree

from engine.errors import InvalidXml

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
CAMUNDA: Final = "http://camunda.org/schema/1.0/bpmn"
MAX_BYTES: Final = 2_000_000
MAX_ELEMENTS: Final = 20_000
MAX_DEPTH: Final = 100
_REASONS: Final = {
    errors.codes[text]: reason
    for text, reason in (
        (errors.XML_ERROR_NO_ELEMENTS, "finisce prima del tempo"),
        (errors.XML_ERROR_UNCLOSED_TOKEN, "un simbolo resta aperto"),
        (errors.XML_ERROR_TAG_MISMATCH, "un elemento si chiude con un altro nome"),
        (errors.XML_ERROR_INVALID_TOKEN, "c’è un carattere fuori posto"),
        (errors.XML_ERROR_DUPLICATE_ATTRIBUTE, "un attributo è ripetuto"),
        (errors.XML_ERROR_UNDEFINED_ENTITY, "c’è un’entità sconosciuta"),
        (errors.XML_ERROR_UNBOUND_PREFIX, "un prefisso non ha il suo spazio dei nomi"),
        (errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT, "c’è dell’altro dopo la fine"),
    )
}


def read_xml(source: bytes, file: str) -> etree._Element:
    """Read a document and return its root element; ``sourceline`` of every element is the line where its tag opens.

    Raises InvalidXml, whose message is Italian, for text that is no well-formed XML, carries a document type
    declaration or exceeds the limits of this module.
    """
    if len(source) > MAX_BYTES:
        raise InvalidXml(file, 1, f"Il file supera {MAX_BYTES // 1_000_000} MB.")
    lines = _opening_lines(source, file)
    elements = list(_parsed(source, file).iter(etree.Element))
    for element, line in zip(elements, lines, strict=True):
        element.sourceline = line  # type: ignore[assignment]  # the stubs leave its type open
    return elements[0]


def text_lines(source: bytes, file: str) -> list[int]:
    """Give for every element, in document order, the line on which its first tag ends: there its text begins."""
    return [int(str(element.sourceline or 1)) for element in _parsed(source, file).iter(etree.Element)]


def tag(element: etree._Element) -> str:
    """Give an element's name without its namespace; a comment or an instruction has none."""
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def _parsed(source: bytes, file: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        return etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise InvalidXml(file, error.lineno or 1, f"Il file non è XML ben formato: {error.msg}") from error


def _opening_lines(source: bytes, file: str) -> list[int]:
    """Scan the text once without building anything, so that limits hold before memory is spent.

    libxml2 notes the line on which a tag ends; editors write one attribute a line, so a designer would look in vain.
    """
    scan = _Scan(file)
    try:
        scan.parser.Parse(source, True)  # noqa: FBT003 - expat takes no keyword here
    except expat.ExpatError as error:
        reason = _REASONS.get(error.code, expat.ErrorString(error.code))
        raise InvalidXml(file, error.lineno, f"Il file non è XML ben formato: {reason}.") from error
    except (LookupError, ValueError) as error:
        raise InvalidXml(file, 1, "La codifica del file non è leggibile: salvalo in UTF-8.") from error
    return scan.lines


class _Scan:
    def __init__(self, file: str) -> None:
        self.file = file
        self.depth = 0
        self.lines: list[int] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _refuse(self, message: str) -> InvalidXml:
        return InvalidXml(self.file, self.parser.CurrentLineNumber, message)

    def _doctype(self, *_: object) -> None:
        raise self._refuse("Le dichiarazioni DOCTYPE non sono ammesse: togli la riga.")

    def _start(self, *_: object) -> None:
        self.depth += 1
        self.lines.append(self.parser.CurrentLineNumber)
        if len(self.lines) > MAX_ELEMENTS:
            raise self._refuse(f"Il file ha più di {MAX_ELEMENTS} elementi.")
        if self.depth > MAX_DEPTH:
            raise self._refuse(f"Il file annida più di {MAX_DEPTH} livelli.")

    def _end(self, _: str) -> None:
        self.depth -= 1

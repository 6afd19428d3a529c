"""Examine documents of office programs: ZIPs whose parts say what they are, and which may carry programs along."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from desk.errors import DocumentRefused
from desk.flaws import ARCHIVES, EXECUTABLES, FileFlaw

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
MEDIA_TYPES: Mapping[str, str] = {
    "docx": f"{OOXML}wordprocessingml.document",
    "xlsx": f"{OOXML}spreadsheetml.sheet",
    "pptx": f"{OOXML}presentationml.presentation",
    "odt": f"{ODF}text",
    "ods": f"{ODF}spreadsheet",
    "odp": f"{ODF}presentation",
}
FETCHING = "WEBSERVICE|IMAGE|IMPORTDATA|IMPORTXML|IMPORTHTML|IMPORTFEED|IMPORTRANGE|RTD"
"""Functions of spreadsheets that ask a server, or a program, for something."""
FETCHED = re.compile(rf"(?:{FETCHING})\s*\(".encode(), re.IGNORECASE)
MOST_PARTS = 5_000
LARGEST_UNPACKED = 300 * 1024 * 1024
"""In bytes; what unpacks to more was made to fill a disk."""
LARGEST_PART = 64 * 1024 * 1024
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    etree.XMLSyntaxError,
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the readers of ZIP and XML raise over bytes that somebody made up."""
DEEPEST = 2
"""A chart brings its table along, and that one has no further."""


def check(content: bytes, ending: str, depth: int = 0) -> None:
    """Refuse what is not the document its name says, or runs something; ``depth`` counts documents inside documents.

    Raises:
        DocumentRefused: it has macros, embedded programs or a password, or is not built as such a document is.

    """
    try:
        with _opened(content) as package:
            _check_parts(package)
            (_check_odf if ending.startswith("od") else _check_ooxml)(package, ending)
            _check_formulas(package)
            _check_inner(package, depth)
    except BROKEN as broken:
        raise DocumentRefused(FileFlaw.DAMAGED) from broken


def _opened(content: bytes) -> zipfile.ZipFile:
    if not content.startswith(b"PK\x03\x04"):
        raise DocumentRefused(FileFlaw.MISMATCH)
    return zipfile.ZipFile(BytesIO(content))


def _check_parts(package: zipfile.ZipFile) -> None:
    """Look at the parts by their entries alone: how many, how large, of what kind."""
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise DocumentRefused(FileFlaw.DAMAGED)
    if len({part.filename.lower() for part in parts}) < len(parts) or any(map(_is_odd, parts)):
        raise DocumentRefused(FileFlaw.DAMAGED)
    if any(part.flag_bits & 0x1 for part in parts):
        raise DocumentRefused(FileFlaw.PROTECTED)
    _refuse_named(_ending(part.filename) for part in parts)


def _is_odd(part: zipfile.ZipInfo) -> bool:
    """Say whether an entry leads out of the package, is a link, or is packed as no office program does."""
    steps = re.split(r"[/\\]", part.filename)
    outside = ".." in steps or part.filename.startswith(("/", "\\")) or ":" in steps[0]
    linked = stat.S_ISLNK(part.external_attr >> 16)
    return outside or linked or part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def _refuse_named(endings: Iterable[str]) -> None:
    found = set(endings)
    if found & (EXECUTABLES - {"bin"}):  # «bin» is also how printers' settings are kept
        raise DocumentRefused(FileFlaw.EXECUTABLE)
    if found & ARCHIVES:
        raise DocumentRefused(FileFlaw.ARCHIVE)


def _check_ooxml(package: zipfile.ZipFile, ending: str) -> None:
    """Read the types of the parts and what points where, as the programs that open it will."""
    types = [each.get("ContentType", "").lower() for each in _parsed(package, "[Content_Types].xml").iter("{*}*")]
    if any(word in kind for kind in types for word in ("macroenabled", "vbaproject", "ms-excel.intlmacrosheet")):
        raise DocumentRefused(FileFlaw.MACROS)
    if any(word in kind for kind in types for word in ("oleobject", "activex", "macrosheet")):
        raise DocumentRefused(FileFlaw.ACTIVE)
    if f"{MEDIA_TYPES[ending]}.main+xml" not in types:
        raise DocumentRefused(FileFlaw.MISMATCH)
    for name in package.namelist():
        if name.lower().endswith(".rels"):
            _check_relations(_parsed(package, name))


def _check_relations(root: etree._Element) -> None:
    for each in root.iter("{*}Relationship"):
        kind = each.get("Type", "").rpartition("/")[2].lower()
        if "vbaproject" in kind:
            raise DocumentRefused(FileFlaw.MACROS)
        if kind in {"oleobject", "control", "activexcontrolbinary", "xlmacrosheet"} or _fetches(kind, each):
            raise DocumentRefused(FileFlaw.ACTIVE)


def _fetches(kind: str, relation: etree._Element) -> bool:
    """Say whether opening the document fetches something that may run, as a template from elsewhere does."""
    outside = relation.get("TargetMode", "").lower() == "external"
    target = relation.get("Target", "").strip().lower()
    remote = re.match(r"https?:|ftp:|\\\\|//|file://[^/]|mhtml:|ms-|x-usc:", target) is not None
    return outside and remote and kind in {"attachedtemplate", "frame", "subdocument", "externallinkpath"}


def _check_odf(package: zipfile.ZipFile, ending: str) -> None:
    """Read the media type, which comes first and unpacked, and the list of parts."""
    first = package.infolist()[0]
    if first.filename != "mimetype" or package.read(first).strip() != MEDIA_TYPES[ending].encode():
        raise DocumentRefused(FileFlaw.MISMATCH)
    parts = list(_parsed(package, "META-INF/manifest.xml").iter("{*}*"))
    if any(etree.QName(part).localname == "encryption-data" for part in parts):
        raise DocumentRefused(FileFlaw.PROTECTED)
    if any(name.lower().startswith(("basic/", "scripts/", "dialogs/")) for name in package.namelist()):
        raise DocumentRefused(FileFlaw.MACROS)
    _check_odf_types([value for part in parts for value in map(str, part.attrib.values())])
    if "meta.xml" in package.namelist():
        _check_odf_template(_parsed(package, "meta.xml"))
    for name in {"content.xml", "styles.xml"} & set(package.namelist()):
        _check_odf_events(_read(package, name))


def _check_odf_template(meta: etree._Element) -> None:
    for each in meta.iter("{*}template"):
        if any(re.match(r"\s*(?:https?:|ftp:|//|\\\\|file://[^/])", str(value)) for value in each.attrib.values()):
            raise DocumentRefused(FileFlaw.ACTIVE)


def _check_odf_types(values: Iterable[str]) -> None:
    if any("oleobject" in value.lower() or "opendocument.text-master" in value for value in values):
        raise DocumentRefused(FileFlaw.ACTIVE)


def _check_odf_events(part: bytes) -> None:
    """Refuse what runs a macro from elsewhere; in an encoding with empty bytes the word could hide."""
    if b"\0" in part:
        raise DocumentRefused(FileFlaw.DAMAGED)
    if b"event-listener" in part:
        raise DocumentRefused(FileFlaw.MACROS)


def _check_formulas(package: zipfile.ZipFile) -> None:
    """Refuse a table that asks a server for something as soon as it is opened."""
    for name in package.namelist():
        if not name.lower().startswith(("xl/worksheets/", "xl/workbook", "content.xml")) or not name.endswith(".xml"):
            continue
        formulas = [each for part in _parsed(package, name).iter("{*}*") for each in _formulas(part)]
        if any(FETCHED.search(each.encode()) for each in formulas):
            raise DocumentRefused(FileFlaw.ACTIVE)


def _formulas(part: etree._Element) -> list[str]:
    """Give the formulas of a cell, or of a name that stands for one."""
    local = etree.QName(part).localname
    written = [part.text or ""] if local in {"f", "definedName"} else []
    return written + [str(value) for name, value in part.attrib.items() if str(name).endswith("}formula")]


def ending_by_content(content: bytes) -> str | None:
    """Say which office document a ZIP is, by what it says itself; nothing for any other."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            said = _read(package, "mimetype" if "mimetype" in package.namelist() else "[Content_Types].xml")
    except BROKEN:
        return None
    whole = {ending: f"{kind}.main+xml" if kind.startswith(OOXML) else kind for ending, kind in MEDIA_TYPES.items()}
    return next((ending for ending, kind in whole.items() if kind.encode() in said), None)


def _check_inner(package: zipfile.ZipFile, depth: int) -> None:
    """Examine documents inside the document by the same rules."""
    inner = [name for name in package.namelist() if _ending(name) in MEDIA_TYPES]
    if inner and depth >= DEEPEST:
        raise DocumentRefused(FileFlaw.ACTIVE)
    for name in inner:
        check(_read(package, name), _ending(name), depth + 1)


def _parsed(package: zipfile.ZipFile, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(_read(package, name), parser)
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and list(declared.entities()):  # type: ignore[union-attr]  # the stubs leave entities out
        raise DocumentRefused(FileFlaw.DAMAGED)
    return root


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    if package.getinfo(name).file_size > LARGEST_PART:
        raise DocumentRefused(FileFlaw.DAMAGED)
    return package.read(name)


def _ending(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[2].lower() if "." in name else ""

"""Examine a file: only kinds on this list come in, and only when name and content agree."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Literal

import puremagic

from desk.errors import DocumentRefused
from desk.files import office, pdf, signed
from desk.flaws import ARCHIVES, BEFORE_2007, EXECUTABLES, PAGES, WITH_MACROS, FileFlaw

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LARGEST = 20 * 1024 * 1024
"""In bytes: 20 MB, as the pages say."""
SIGNED_OVER = 3
"""How many signatures may lie around one another; each adds its own «.p7m» to the name."""
COMMAND = re.compile(r"""(?:^|[,;\t])[ "]*[=+\-@](?![ ]*\d)[^,;\t\r\n|]*\|[^,;\t\r\n]*!|\w\|'""", re.MULTILINE)
"""A formula that reaches another program over DDE."""
FETCHED = re.compile(rf"""(?:^|[,;\t])[ "]*[=+\-@].*\b(?:{office.FETCHING})\s*\(""", re.MULTILINE | re.IGNORECASE)
"""A formula that asks a server for something."""
BEGINNING = 4096
TIFF_HEADER = 8


@dataclass(frozen=True)
class FileKind:
    """One kind of file that comes in."""

    media_type: str
    #: Raises ``DocumentRefused`` unless the content is of this kind and harmless.
    check: Callable[[bytes], None]


def examine(stream: BinaryIO, filename: str) -> str:
    """Say what a file is, by its content, and refuse what may not come in.

    Raises:
        DocumentRefused: it is empty, larger than 20 MB, of a kind that is not accepted, protected or damaged, carries
            something that runs, or is not what its name says.

    """
    content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise DocumentRefused(FileFlaw.TOO_LARGE)
    return _examine(content, filename, SIGNED_OVER)


def _examine(content: bytes, filename: str, signatures: int) -> str:
    if not content:
        raise DocumentRefused(FileFlaw.EMPTY)
    ending = ending_of(filename)
    _refuse_by_name(ending)
    _refuse_by_content(content)
    if ending == "p7m":
        _examine_signed(content, filename, signatures)
        return SIGNED
    kind = KINDS[ending]
    kind.check(content)
    return kind.media_type


def ending_of(filename: str) -> str:
    """Give the last ending of a name, small and without its point; nothing for a name without one."""
    return PurePosixPath(filename.strip()).suffix.removeprefix(".").lower()


def _refuse_by_name(ending: str) -> None:
    if ending in PHOTOGRAPHS:
        raise DocumentRefused(FileFlaw.HEIC)
    for endings, flaw in BAD_ENDINGS:
        if ending in endings:
            raise DocumentRefused(flaw)
    if ending not in ACCEPTED:
        raise DocumentRefused(FileFlaw.UNKNOWN)


def _refuse_by_content(content: bytes) -> None:
    """Refuse what runs or unpacks, whatever it is called."""
    if HEIC.match(content):
        raise DocumentRefused(FileFlaw.HEIC)
    for beginning, flaw in BAD_BEGINNINGS.items():
        if content.startswith(beginning):
            raise DocumentRefused(flaw)


def _examine_signed(content: bytes, filename: str, signatures: int) -> None:
    """Look at what was signed as if it had come alone, by its content where the name without «.p7m» says no kind."""
    if not signatures:
        raise DocumentRefused(FileFlaw.DAMAGED)
    inner, name = signed.content_of(content), filename.strip()[: -len(".p7m")]
    named = ending_of(name) in ACCEPTED or any(ending_of(name) in endings for endings, _ in BAD_ENDINGS)
    _examine(inner, name if named else f"{name}.{_ending_by_content(inner)}", signatures - 1)


def _ending_by_content(content: bytes) -> str:
    """Say which kind a content begins as; one that begins as none is text or nothing that comes in."""
    found = next((ending for beginning, ending in BEGINNINGS if content.startswith(beginning)), "txt")
    if found == "zip":
        return office.ending_by_content(content) or found
    return "p7m" if found == "txt" and signed.is_signed(content) else found


def _pdf(content: bytes) -> None:
    """Take a PDF that ends as one, opens without a password and starts nothing."""
    whole = content.lstrip(b"\xef\xbb\xbf\r\n\t ")
    _need_signature(whole, ".pdf")
    if b"%%EOF" not in whole:
        raise DocumentRefused(FileFlaw.DAMAGED)
    pdf.check(whole)


def _png(content: bytes) -> None:
    _need_signature(content, ".png")
    _need(content[12:16] == b"IHDR" and b"IEND" in content)


def _jpeg(content: bytes) -> None:
    _need_signature(content, ".jpg")
    _need(b"\xff\xd9" in content)


def _webp(content: bytes) -> None:
    _need_signature(content, ".webp")
    _need(content[12:15] == b"VP8" and int.from_bytes(content[4:8], "little") + 8 <= len(content))


def _tiff(content: bytes) -> None:
    _need_signature(content, ".tiff")
    order: Literal["little", "big"] = "little" if content.startswith(b"II") else "big"
    _need(TIFF_HEADER <= int.from_bytes(content[4:TIFF_HEADER], order) < len(content))


def _need_signature(content: bytes, ending: str) -> None:
    """Compare the first bytes with the known beginnings of files, and refuse an archive that hides behind them."""
    try:
        found = {match.extension for match in puremagic.magic_string(content[:BEGINNING])}
    except (puremagic.PureError, ValueError):
        found = set()
    if ending not in found or zipfile.is_zipfile(BytesIO(content)):
        raise DocumentRefused(FileFlaw.MISMATCH)


def _need(whole: bool) -> None:  # noqa: FBT001  # reads as a sentence: need(this holds)
    if not whole:
        raise DocumentRefused(FileFlaw.DAMAGED)


def _text(content: bytes) -> None:
    """Take what people can read: no control characters, no page or program in disguise."""
    text = _decoded(content)
    if re.search(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f-\x9f]", text):
        raise DocumentRefused(FileFlaw.MISMATCH)
    beginning = text[:BEGINNING].lstrip("\ufeff \t\r\n").lower()
    if beginning.startswith(("#!", "@echo", "%!ps")):
        raise DocumentRefused(FileFlaw.EXECUTABLE)
    if re.match(r"<[a-z!?%]", beginning) or re.search(r"<(?:script|html|svg|iframe|\?php)\b|<\?php", beginning):
        raise DocumentRefused(FileFlaw.MARKUP)


def _csv(content: bytes) -> None:
    """Take a table without cells that start a program when a spreadsheet opens it (``=cmd|…``)."""
    _text(content)
    text = _decoded(content)
    if ("|" in text and COMMAND.search(text)) or FETCHED.search(text):
        raise DocumentRefused(FileFlaw.ACTIVE)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DocumentRefused(FileFlaw.MISMATCH)


def _office(ending: str) -> FileKind:
    return FileKind(office.MEDIA_TYPES[ending], lambda content: office.check(content, ending))


SIGNED = "application/pkcs7-mime"
KINDS: Mapping[str, FileKind] = {
    "pdf": FileKind("application/pdf", _pdf),
    "png": FileKind("image/png", _png),
    "jpg": FileKind("image/jpeg", _jpeg),
    "jpeg": FileKind("image/jpeg", _jpeg),
    "jfif": FileKind("image/jpeg", _jpeg),
    "webp": FileKind("image/webp", _webp),
    "tif": FileKind("image/tiff", _tiff),
    "tiff": FileKind("image/tiff", _tiff),
    "txt": FileKind("text/plain", _text),
    "csv": FileKind("text/csv", _csv),
    **{ending: _office(ending) for ending in office.MEDIA_TYPES},
}
ACCEPTED = (*KINDS, "p7m")
"""The endings of the names that come in."""

BEGINNINGS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"RIFF", "webp"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"PK\x03\x04", "zip"),
)
PHOTOGRAPHS = ("heic", "heif", "hif")
HEIC = re.compile(rb"....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL)

BAD_ENDINGS = (
    (EXECUTABLES, FileFlaw.EXECUTABLE),
    (ARCHIVES, FileFlaw.ARCHIVE),
    (PAGES, FileFlaw.MARKUP),
    (WITH_MACROS, FileFlaw.MACROS),
    (BEFORE_2007, FileFlaw.LEGACY),
)
BAD_BEGINNINGS: Mapping[bytes, FileFlaw] = {
    b"MZ\x90": FileFlaw.EXECUTABLE,
    b"\x7fELF": FileFlaw.EXECUTABLE,
    b"\xfe\xed\xfa": FileFlaw.EXECUTABLE,
    b"\xcf\xfa\xed\xfe": FileFlaw.EXECUTABLE,
    b"\xca\xfe\xba\xbe": FileFlaw.EXECUTABLE,
    b"L\x00\x00\x00\x01\x14\x02\x00": FileFlaw.EXECUTABLE,
    b"#!": FileFlaw.EXECUTABLE,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": FileFlaw.LEGACY,
    b"{\\rtf": FileFlaw.LEGACY,
    b"Rar!\x1a": FileFlaw.ARCHIVE,
    b"7z\xbc\xaf\x27\x1c": FileFlaw.ARCHIVE,
    b"\x1f\x8b": FileFlaw.ARCHIVE,
    b"BZh": FileFlaw.ARCHIVE,
    b"\xfd7zXZ": FileFlaw.ARCHIVE,
    b"MSCF": FileFlaw.ARCHIVE,
}

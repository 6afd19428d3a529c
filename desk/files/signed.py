"""Unpack digitally signed documents (CAdES, «.p7m»), so that what was signed can be examined like any other.

The signature itself is not verified here: whoever relies on it uses a verifier that knows the trusted lists.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field

from desk.errors import DocumentRefused
from desk.flaws import FileFlaw

SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
"""The object identifier 1.2.840.113549.1.7.2, as RFC 5652 calls a signed content."""
OCTETS, SEQUENCE, ZERO = 0x04, 0x30, 0xA0
CONSTRUCTED = 0x20
INDEFINITE = 0x80
ENDING = b"\0\0"
DEEPEST = 12
MOST_VALUES = 100_000
"""20 MB in pieces of a kilobyte are twenty thousand."""
PEM = re.compile(rb"\s*-----BEGIN (?:PKCS7|CMS)-----([A-Za-z0-9+/=\s]+)-----END (?:PKCS7|CMS)-----\s*")


@dataclass(frozen=True)
class Value:
    """One value of the encoding (X.690): its tag, where its content lies, where the next value begins."""

    tag: int
    start: int
    end: int
    after: int


def content_of(document: bytes) -> bytes:
    """Give what was signed.

    Raises:
        DocumentRefused: this is no signed document, or a signature that does not carry its document along.

    """
    reader = SignedReader(_binary(document))
    try:
        outer = reader.inside(_expect(reader.read(0), SEQUENCE))
        _need(reader.bytes_of(outer[0]) == SIGNED_DATA)
        signed = reader.inside(_expect(reader.inside(_expect(outer[1], ZERO))[0], SEQUENCE))
        encapsulated = reader.inside(_expect(signed[2], SEQUENCE))
        if len(encapsulated) == 1:
            raise DocumentRefused(FileFlaw.DETACHED)
        octets = reader.inside(_expect(encapsulated[1], ZERO))[0]
        return b"".join(reader.octets(octets))
    except (IndexError, RecursionError) as cut:
        raise DocumentRefused(FileFlaw.DAMAGED) from cut


def is_signed(document: bytes) -> bool:
    """Say whether a content begins as a signed document does."""
    return document[:1] == bytes([SEQUENCE]) and SIGNED_DATA in document[:64]


@dataclass
class SignedReader:
    """Reads each value once, and no more of them than a signed document has."""

    data: bytes
    known: dict[int, Value] = field(default_factory=dict)

    def read(self, at: int, depth: int = 0) -> Value:
        if at not in self.known:
            _need(len(self.known) < MOST_VALUES and depth < DEEPEST)
            self.known[at] = self._read(at, depth)
        return self.known[at]

    def inside(self, value: Value) -> list[Value]:
        """Read the values that a value is made of."""
        found, at = [], value.start
        while at < value.end:
            found.append(self.read(at))
            at = found[-1].after
        return found

    def octets(self, value: Value, depth: int = 0) -> list[bytes]:
        """Collect a content that may have been written in pieces."""
        if value.tag == OCTETS:
            return [self.bytes_of(value)]
        _need(value.tag == OCTETS | CONSTRUCTED and depth < DEEPEST)
        return [piece for each in self.inside(value) for piece in self.octets(each, depth + 1)]

    def bytes_of(self, value: Value) -> bytes:
        return self.data[value.start : value.end]

    def _read(self, at: int, depth: int) -> Value:
        """Read one value's head; a length that is not told is found by reading up to the ending."""
        tag, first = self.data[at], self.data[at + 1]
        if first == INDEFINITE:
            end = self._ending(at + 2, depth)
            return Value(tag, at + 2, end, end + len(ENDING))
        size = first & 0x7F if first & INDEFINITE else 0
        start = at + 2 + size
        length = int.from_bytes(self.data[at + 2 : start]) if size else first
        _need(start + length <= len(self.data))
        return Value(tag, start, start + length, start + length)

    def _ending(self, at: int, depth: int) -> int:
        while self.data[at : at + 2] != ENDING:
            at = self.read(at, depth + 1).after
        return at


def _binary(document: bytes) -> bytes:
    """Undo the text form that some signing programs write."""
    wrapped = PEM.fullmatch(document)
    text = b"".join((wrapped[1] if wrapped else document).split())
    if not wrapped and not re.fullmatch(rb"M[A-Za-z0-9+/]+={0,2}", text):
        return document
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as cut:
        raise DocumentRefused(FileFlaw.DAMAGED) from cut


def _expect(value: Value, tag: int) -> Value:
    _need(value.tag == tag)
    return value


def _need(whole: bool) -> None:  # noqa: FBT001  # reads as a sentence: need(this holds)
    if not whole:
        raise DocumentRefused(FileFlaw.MISMATCH)

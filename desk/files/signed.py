"""Digitally signed documents (CAdES, «.p7m»): the document inside, so that it can be examined like any other.

The signature itself is not verified here: whoever relies on it uses a verifier that knows the trusted lists.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from desk.errors import DocumentRefused
from desk.files.flaw import Flaw

SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
"""The object identifier 1.2.840.113549.1.7.2, as RFC 5652 calls a signed content."""
INTEGER, OCTETS, IDENTIFIER, SEQUENCE, SET, ZERO = 0x02, 0x04, 0x06, 0x30, 0x31, 0xA0
CONSTRUCTED = 0x20
INDEFINITE = 0x80
ENDING = b"\0\0"
DEEPEST = 12
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
        DocumentRefused: this is no signed document, or one that does not carry its content along.

    """
    data = _binary(document)
    try:
        outer = _inside(data, _expect(_read(data, 0), SEQUENCE))
        _need(data[outer[0].start : outer[0].end] == SIGNED_DATA)
        signed = _inside(data, _expect(_inside(data, _expect(outer[1], ZERO))[0], SEQUENCE))
        encapsulated = _inside(data, _expect(signed[2], SEQUENCE))
        octets = _inside(data, _expect(encapsulated[1], ZERO))[0]
        return b"".join(_octets(data, octets))
    except (IndexError, RecursionError) as cut:
        raise DocumentRefused(Flaw.DAMAGED) from cut


def _binary(document: bytes) -> bytes:
    """Undo the text form that some signing programs write."""
    wrapped = PEM.fullmatch(document)
    text = b"".join((wrapped[1] if wrapped else document).split())
    if not wrapped and not re.fullmatch(rb"MI[A-Za-z0-9+/]+={0,2}", text[:4096] + text[4096:]):
        return document
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as cut:
        raise DocumentRefused(Flaw.DAMAGED) from cut


def _read(data: bytes, at: int, depth: int = 0) -> Value:
    """Read one value's head; a length that is not told is found by reading up to the ending."""
    tag, first = data[at], data[at + 1]
    if first == INDEFINITE:
        end = _ending(data, at + 2, depth)
        return Value(tag, at + 2, end, end + len(ENDING))
    size = first & 0x7F if first & INDEFINITE else 0
    start = at + 2 + size
    length = int.from_bytes(data[at + 2 : start]) if size else first
    _need(start + length <= len(data))
    return Value(tag, start, start + length, start + length)


def _ending(data: bytes, at: int, depth: int) -> int:
    _need(depth < DEEPEST)
    while data[at : at + 2] != ENDING:
        at = _read(data, at, depth + 1).after
    return at


def _inside(data: bytes, value: Value) -> list[Value]:
    """Read the values that a value is made of; never more than a signed document’s first levels have."""
    found, at = [], value.start
    while at < value.end:
        each = _read(data, at)
        found.append(each)
        at = each.after
    return found


def _octets(data: bytes, value: Value) -> list[bytes]:
    """Join a content that was written in pieces."""
    if value.tag == OCTETS:
        return [data[value.start : value.end]]
    _expect(value, OCTETS | CONSTRUCTED)
    return [piece for each in _inside(data, value) for piece in _octets(data, each)]


def _expect(value: Value, tag: int) -> Value:
    _need(value.tag == tag)
    return value


def _need(whole: bool) -> None:  # noqa: FBT001  # reads as a sentence: need(this holds)
    if not whole:
        raise DocumentRefused(Flaw.MISMATCH)

"""What a PDF does when it is opened, also where it is packed away in streams of objects (ISO 32000-1, 7.5.7)."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from desk.errors import DocumentRefused
from desk.flaws import FileFlaw

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_UNPACKED = 64 * 1024 * 1024
"""In bytes, of all streams of objects together."""
PACKED = re.compile(rb"/ObjStm\b[^\x00]{0,2000}?stream\r?\n")


def _named(word: str) -> re.Pattern[bytes]:
    """Match a name whose letters may hide behind codes (ISO 32000-1, 7.3.5)."""
    letters = "".join(f"(?:{each}|#{ord(each):02x}|#{ord(each):02X})" for each in word)
    return re.compile(f"/{letters}(?![A-Za-z0-9#])".encode())


ACTIONS = (_named("Launch"), _named("JavaScript"))
"""What starts a program, and what is one."""
LOCKED = _named("Encrypt")


def check(content: bytes) -> None:
    """Refuse a PDF that starts something, and one that cannot be looked into.

    Raises:
        DocumentRefused: it has a password, starts a program or is one, or unpacks to far too much.

    """
    if LOCKED.search(content):
        raise DocumentRefused(FileFlaw.PROTECTED)
    for part in (content, *_objects(content)):
        if any(action.search(part) for action in ACTIONS):
            raise DocumentRefused(FileFlaw.ACTIVE)


def _objects(content: bytes) -> Iterator[bytes]:
    left = LARGEST_UNPACKED
    for found in PACKED.finditer(content):
        unpacking = zlib.decompressobj()
        try:
            part = unpacking.decompress(content[found.end() :], left)
        except zlib.error:
            continue  # not packed so: its names lie open, and were looked at
        left -= len(part)
        if left <= 0:
            raise DocumentRefused(FileFlaw.DAMAGED)
        yield part

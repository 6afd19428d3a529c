"""Receive an uploaded file: streamed to the disk, examined, scanned for viruses; outside any transaction."""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from desk.errors import DocumentRefused
from desk.files.examine import LARGEST, examine
from desk.flaws import FileFlaw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk.facilities import Facilities
    from desk.facilities.storage import Staged

CHUNK = 64 * 1024
LONGEST_NAME = 120
NAMELESS = "documento"


@dataclass(frozen=True)
class Upload:
    """A file that came in and was found harmless; no pratica has it yet."""

    name: str
    media_type: str
    staged: Staged


@contextmanager
def receive(facilities: Facilities, filename: str, stream: BinaryIO) -> Iterator[Upload]:
    """Take a file in for as long as the block lasts: ``attach`` it inside, or it is forgotten.

    Raises:
        DocumentRefused: it is too large, or is not what may come in.
        ScannerUnavailable: the virus scanner that this desk uses does not answer.
        StorageUnavailable: the storage takes nothing now.

    """
    name = tidy_name(filename)
    with facilities.files.stage(_limited(stream)) as staged:
        with staged.open() as content:
            media_type = examine(content, name)
        if facilities.scanner is not None:
            with staged.open() as content:
                facilities.scanner.scan(content)
        yield Upload(name, media_type, staged)


def tidy_name(filename: str) -> str:
    """Keep of a name what people read: no folders, no invisible or direction-turning characters, a bearable length."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    told = "".join(each for each in unicodedata.normalize("NFC", last) if unicodedata.category(each)[0] != "C")
    path = PurePosixPath(" ".join(told.split()).lstrip(".") or NAMELESS)
    suffix = path.suffix[:LONGEST_NAME]
    return path.name.removesuffix(path.suffix)[: LONGEST_NAME - len(suffix)].strip() + suffix


def _limited(stream: BinaryIO) -> Iterator[bytes]:
    """Read a file in pieces, and no further than a file may be long."""
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > LARGEST:
            raise DocumentRefused(FileFlaw.TOO_LARGE)
        yield chunk

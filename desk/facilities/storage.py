"""Store file contents, each under its own SHA-256: a local folder, behind a protocol that object storage can fill."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, Self

from desk.errors import StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import RawIOBase

DIGEST = re.compile(r"[0-9a-f]{64}")
CHUNK = 1024 * 1024
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""How a system says that a disk, a quota or a file can take no more."""
ARRIVING = ".in-arrivo"
FORGOTTEN = timedelta(hours=1)
"""Nobody takes longer to send 20 MB and to have them examined: what is older was left by a crash."""


@dataclass(frozen=True)
class Staged:
    """A content that has arrived whole on this machine and that nobody refers to yet; leaving its block drops it."""

    #: Of the whole content, in small hexadecimal letters.
    sha256: str
    #: In bytes.
    size: int
    path: Path

    def open(self) -> BinaryIO:
        return self.path.open("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.path.unlink(missing_ok=True)


class Storage(Protocol):
    """A place for contents; nothing in it is ever changed, only put and removed."""

    def stage(self, chunks: Iterable[bytes]) -> Staged:
        """Take a content in, as slowly as it comes, without keeping it yet: no transaction waits for it.

        Raises:
            StorageUnavailable: there is no room, or no storage.

        """
        ...

    def put(self, staged: Staged) -> None:
        """Keep a staged content for good, whole or not at all; one that is there already is kept once.

        Raises:
            StorageUnavailable: there is no room, or no storage.

        """
        ...

    def open(self, digest: str) -> BinaryIO:
        """Open a content for reading.

        Raises:
            FileNotFoundError: there is none with this digest.
            StorageUnavailable: the storage gives nothing at all.

        """
        ...

    def remove(self, digest: str) -> None:
        """Delete a content; one that is not there is no mistake."""
        ...

    def exists(self, digest: str) -> bool:
        """Say whether a content is there."""
        ...

    def digests(self) -> Iterator[str]:
        """Name every content that is kept."""
        ...

    def tidy(self, now: datetime) -> int:
        """Delete what was staged long ago and never kept; say how many there were."""
        ...


@dataclass(frozen=True)
class FolderStorage:
    """A folder that only the program's own user reads; each content is a file named by its digest.

    A content is flushed to the disk before it gets its name, and gets its name in one step, so that a crash leaves
    either the whole of it or a file without a name.
    """

    folder: Path

    def stage(self, chunks: Iterable[bytes]) -> Staged:
        """Write a content to a nameless file and flush it to the disk."""
        with usable():
            handle, name = tempfile.mkstemp(dir=_private(self.folder / ARRIVING))
        path = Path(name)
        try:
            with os.fdopen(handle, "wb", buffering=0) as file:
                digest, size = _copy(chunks, file)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Staged(digest, size, path)

    def put(self, staged: Staged) -> None:
        """Give the file its name: a rename, which lasts once the folders are flushed too."""
        target = self._path(staged.sha256)
        with usable():
            _private(target.parent)
            staged.path.replace(target)
            for folder in (target.parent, self.folder):
                _flush_folder(folder)

    def open(self, digest: str) -> BinaryIO:
        """Open the file; where the folder is empty or not there, nothing is lost: its disk is not the right one."""
        path = self._path(digest)
        with usable():
            is_empty = next(self.folder.iterdir(), None) is None
        if is_empty:
            raise StorageUnavailable(full=False)
        with usable(FileNotFoundError):
            return path.open("rb")

    def remove(self, digest: str) -> None:
        path = self._path(digest)
        if path.exists():
            path.unlink(missing_ok=True)
            _flush_folder(path.parent)

    def exists(self, digest: str) -> bool:
        return self._path(digest).is_file()

    def digests(self) -> Iterator[str]:
        for path in self.folder.glob("[0-9a-f][0-9a-f]/*"):
            if DIGEST.fullmatch(path.name):
                yield path.name

    def tidy(self, now: datetime) -> int:
        forgotten = [path for path in (self.folder / ARRIVING).glob("*") if _written(path) < now - FORGOTTEN]
        for path in forgotten:
            path.unlink(missing_ok=True)
        return len(forgotten)

    def _path(self, digest: str) -> Path:
        """Give a content's place; anything but a digest could lead out of the folder."""
        if not DIGEST.fullmatch(digest):
            raise FileNotFoundError(digest)
        return self.folder / digest[:2] / digest


@contextmanager
def usable(*meant: type[OSError]) -> Iterator[None]:
    """Tell what a disk refuses in the block as a storage that cannot be used; what is ``meant`` stays as it is.

    Raises:
        StorageUnavailable: the disk refused.

    """
    try:
        yield
    except meant:
        raise
    except OSError as failure:
        raise StorageUnavailable(full=failure.errno in NO_ROOM) from failure


def digest_of(content: BinaryIO) -> str:
    """Give the SHA-256 of what a file holds from here on."""
    digest = sha256()
    while chunk := content.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _copy(chunks: Iterable[bytes], file: RawIOBase) -> tuple[str, int]:
    digest, size = sha256(), 0
    for chunk in chunks:  # that these break off is not the disk's fault
        digest.update(chunk)
        size += len(chunk)
        with usable():
            _write(chunk, file)
    with usable():
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _write(chunk: bytes, file: RawIOBase) -> None:
    """Write all of a piece; a disk that is nearly full takes a part of it first."""
    rest = memoryview(chunk)
    while rest:
        rest = rest[file.write(rest) :]


def _private(folder: Path) -> Path:
    """Make a folder for the program's own user alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _flush_folder(folder: Path) -> None:
    """Make the names in a folder last: a file's name is not part of the file."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _written(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:  # it was kept or dropped meanwhile
        return datetime.max.replace(tzinfo=UTC)

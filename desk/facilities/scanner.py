"""Scan files for viruses: ClamAV's daemon, spoken to over its own socket."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol
from urllib.parse import urlsplit

from desk.errors import DocumentRefused, ScannerUnavailable
from desk.flaws import FileFlaw

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 30.0
"""Seconds to wait for each answer of the scanner."""
CHUNK = 64 * 1024
LONGEST_ANSWER = 4096


class Scanner(Protocol):
    """Whatever looks through a content before it is accepted."""

    def scan(self, content: BinaryIO) -> None:
        """Return for a clean content.

        Raises:
            DocumentRefused: there is a virus in it.
            ScannerUnavailable: nobody can say: it is not accepted.

        """
        ...


@dataclass(frozen=True)
class Clamd:
    """ClamAV at ``tcp://host:port`` or ``unix:/path``; each content goes over a connection of its own (INSTREAM)."""

    address: str

    def scan(self, content: BinaryIO) -> None:
        try:
            with _connected(self.address) as connection:
                answer = _ask(connection, content)
        except (OSError, ValueError) as problem:
            raise ScannerUnavailable from problem
        if answer.endswith(" FOUND"):
            raise DocumentRefused(FileFlaw.INFECTED)
        if answer != "stream: OK":
            raise ScannerUnavailable


def _connected(address: str) -> socket.socket:
    where = urlsplit(address)
    if where.scheme == "tcp" and where.hostname and where.port:
        return socket.create_connection((where.hostname, where.port), PATIENCE)
    if where.scheme != "unix" or not where.path:
        raise ValueError(address)
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(PATIENCE)
        connection.connect(where.path)
    except OSError:
        connection.close()
        raise
    return connection


def _ask(connection: socket.socket, content: BinaryIO) -> str:
    connection.sendall(b"zINSTREAM\0")
    for chunk in _chunks(content):
        connection.sendall(struct.pack("!I", len(chunk)) + chunk)
    connection.sendall(struct.pack("!I", 0))
    return _answer(connection)


def _chunks(content: BinaryIO) -> Iterator[bytes]:
    while chunk := content.read(CHUNK):
        yield chunk


def _answer(connection: socket.socket) -> str:
    """Read up to the zero byte that ends an answer; one that breaks off is none."""
    answer = b""
    while not answer.endswith(b"\0"):
        piece = connection.recv(LONGEST_ANSWER)
        if not piece or len(answer) > LONGEST_ANSWER:
            raise ConnectionError(answer)
        answer += piece
    return answer[:-1].decode("utf-8", "replace")

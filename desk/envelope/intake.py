"""Receive a file for the envelope: scanned in memory, so that no disk ever holds it readable."""

from __future__ import annotations

from io import BytesIO
from typing import IO, TYPE_CHECKING

from desk.envelope.values import LARGEST_FILE, NewDeposit, file_deposit
from desk.files.examine import examine
from desk.files.receive import tidy_name

if TYPE_CHECKING:
    from desk.facilities import Facilities


def receive_file(facilities: Facilities, filename: str, stream: IO[bytes], item_id: str | None = None) -> NewDeposit:
    """Examine a file as any document is, and make a deposit of it; outside any transaction.

    Raises:
        DocumentRefused: it is too large, or is not what may come in.
        ScannerUnavailable: the virus scanner that this desk uses does not answer.

    """
    name, data = tidy_name(filename), stream.read(LARGEST_FILE + 1)
    media_type = examine(BytesIO(data), name)
    if facilities.scanner is not None:
        facilities.scanner.scan(BytesIO(data))
    return file_deposit(name, data, media_type, item_id)

"""A requester's file on its way into the envelope: examined in memory, so that no disk ever holds it unsealed."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from desk import envelope, files
from desk.files.receive import tidy_name

if TYPE_CHECKING:
    from desk.envelope import Deposit
    from desk.facilities import Facilities


def examined(facilities: Facilities, filename: str, stream: BinaryIO, item_id: str) -> Deposit:
    """Give the deposit that a file makes, once it was found harmless.

    Raises:
        DocumentRefused: it is too large, or is not what may come in.
        ScannerUnavailable: the virus scanner that this desk uses does not answer.

    """
    name, content = tidy_name(filename), stream.read(files.LARGEST + 1)
    media_type = files.examine(BytesIO(content), name)
    if facilities.scanner is not None:
        facilities.scanner.scan(BytesIO(content))
    return envelope.file_deposit(name, content, media_type, item_id)

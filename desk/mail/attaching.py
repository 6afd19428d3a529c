"""What goes with a message: the meeting for a calendar, a letter on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk import Facilities
    from desk.mail.outbox import Attachment
    from engine.store import OperationCall, Store


def attached(store: Store, call: OperationCall, facilities: Facilities) -> tuple[Attachment, ...]:
    """Make the files that the diagram wants to go with a message."""
    del store, call, facilities
    return ()

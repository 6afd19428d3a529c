"""Attach files to a message: the meeting for a calendar, a letter on paper. File names hold the number alone.

A message never waits for them: what cannot be made stays away, is logged, and is noted in the history of its case.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from desk import agenda, letters
from desk.errors import UnusableMessage
from desk.mail.outbox import Attachment
from desk.properties import CALENDAR, CANCELLATION, LETTER, TO_SEND
from engine import history
from engine.history import EventType
from engine.identity import ENGINE
from engine.store import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk.programme import Programme
    from engine.store import OperationCall, Store

CANCEL = b"METHOD:CANCEL"
MISSING = "allegato_mancante"
"""A note in a case's history; facts: ``messaggio``, ``motivo``."""

log = logging.getLogger(__name__)


def attached(store: Store, programme: Programme, call: OperationCall, link: str) -> tuple[Attachment, ...]:
    """Make the files that the diagram wants to go with a message; ``link`` leads to the requester's page.

    A meeting of which no time was ever fixed, or that is over, has no calendar file.
    """
    return (
        *_made(store, call, lambda: _calendar(store, call, link)),
        *_made(store, call, lambda: _letter(store, programme, call, link)),
    )


def _made(store: Store, call: OperationCall, make: Callable[[], tuple[Attachment, ...]]) -> tuple[Attachment, ...]:
    try:
        return make()
    except Exception as failure:  # noqa: BLE001  # whatever keeps a file from being made, the message is worth more
        log.warning("a message goes without its file", extra={"case": call.instance_id, "why": type(failure).__name__})
        facts = {"note": MISSING, "messaggio": TO_SEND.of(call.properties), "motivo": type(failure).__name__}
        with store.unit_of_work(call.now) as uow:
            history.write(uow, call.instance_id, [Event(uow.now, EventType.NOTED, None, None, ENGINE.user, facts)])
        return ()


def _letter(store: Store, programme: Programme, call: OperationCall, link: str) -> tuple[Attachment, ...]:
    name = LETTER.of(call.properties)
    if not name:
        return ()
    with store.snapshot(call.now) as uow:
        letter = letters.prepare(uow, programme, call.instance_id, name, {"link": link})
    return (Attachment(f"{letter.name}-{call.business_key}.pdf", "application/pdf", letter.pdf()),)


def _calendar(store: Store, call: OperationCall, link: str) -> tuple[Attachment, ...]:
    wanted = CALENDAR.of(call.properties)
    if not wanted:
        return ()
    if wanted not in CALENDAR.values:
        raise UnusableMessage(TO_SEND.of(call.properties), f"il calendario non può essere «{wanted}»")
    with store.snapshot(call.now) as uow:
        convocation = agenda.convocation_of(uow, call.instance_id)
        if convocation is None or convocation.last_fixed is None or convocation.state.recorded:
            return ()
        file = agenda.calendar_file(uow, convocation, link, wanted == CANCELLATION)
    method = "CANCEL" if CANCEL in file else "REQUEST"
    return (Attachment(f"convocazione-{call.business_key}.ics", f"text/calendar; method={method}", file),)

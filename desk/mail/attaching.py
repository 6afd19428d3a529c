"""What goes with a message: the meeting for a calendar, a letter on paper. File names hold the number alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk import agenda, letters
from desk.errors import UnusableMessage
from desk.mail.outbox import Attachment
from desk.properties import CALENDAR, CANCELLATION, LETTER, TO_SEND

if TYPE_CHECKING:
    from desk.programme import Programme
    from engine.store import OperationCall, Store, UnitOfWork

CANCEL = b"METHOD:CANCEL"


def attached(store: Store, programme: Programme, call: OperationCall, link: str) -> tuple[Attachment, ...]:
    """Make the files that the diagram wants to go with a message; ``link`` leads to the requester's page.

    A meeting of which no time was ever fixed, or that is over, has no calendar file.

    Raises:
        UnusableMessage: the diagram asks for a calendar file of a kind that does not exist.
        LetterNotFound, LetterFailed: the letter cannot be made.

    """
    with store.snapshot(call.now) as uow:
        calendar = _calendar(uow, call, link)
        name = LETTER.of(call.properties)
        letter = letters.prepare(uow, programme, call.instance_id, name, {"link": link}) if name else None
    if letter is None:
        return calendar
    return *calendar, Attachment(f"{letter.name}-{call.business_key}.pdf", "application/pdf", letter.pdf())


def _calendar(uow: UnitOfWork, call: OperationCall, link: str) -> tuple[Attachment, ...]:
    wanted = CALENDAR.of(call.properties)
    if not wanted:
        return ()
    if wanted not in CALENDAR.values:
        raise UnusableMessage(TO_SEND.of(call.properties), f"il calendario non può essere «{wanted}»")
    convocation = agenda.convocation_of(uow, call.instance_id)
    if convocation is None or convocation.last_fixed is None or convocation.state.recorded:
        return ()
    file = agenda.calendar_file(uow, convocation, link, wanted == CANCELLATION)
    method = "CANCEL" if CANCEL in file else "REQUEST"
    return (Attachment(f"convocazione-{call.business_key}.ics", f"text/calendar; method={method}", file),)

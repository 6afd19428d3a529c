"""Write a meeting as a calendar file (RFC 5545, RFC 5546), which holds only the number and neutral words.

The UID is the convocation's and never changes, SEQUENCE grows with every move and cancellation: calendar programs
update the entry they have.
"""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING

from icalendar import Calendar, Event, vCalAddress, vText

from desk.agenda.convocations import Convocation, ConvocationState
from engine.civil_time import ROME

if TYPE_CHECKING:
    from engine.store import UnitOfWork

SUMMARY = "Sportello per l’innovazione – convocazione"
PRODUCT = "-//Sportello per l’innovazione//Agenda//IT"
NOBODY = "invalid:nomail"
"""The organizer of a Comune without an address: RFC 5546 wants one, and no answer is expected."""
_BROKEN = re.compile(r"[\s\x00-\x1f\x7f]")


def calendar_file(uow: UnitOfWork, convocation: Convocation, link: str, cancel: bool = False) -> bytes:  # noqa: FBT001, FBT002  # as the operation says it
    """Write the file that enters, moves or (``cancel``) removes the meeting; ``link`` is where the requester answers.

    A convocation that is cancelled, or proposed anew after a time was fixed, is always a removal.

    Raises:
        ValueError: no time was ever fixed.

    """
    if convocation.last_fixed is None:
        raise ValueError("no time was ever fixed")
    gone = cancel or convocation.state in (ConvocationState.CANCELLED, ConvocationState.PROPOSED)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if gone else "REQUEST")
    calendar.add_component(_event(uow, convocation, link, gone=gone))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(uow: UnitOfWork, convocation: Convocation, link: str, *, gone: bool) -> Event:
    event, slot = Event(), convocation.last_fixed
    assert slot is not None  # noqa: S101  # seen by the caller
    event.add("uid", f"{convocation.uid}@sportello")
    event.add(
        "sequence", convocation.sequence + (gone and convocation.state.fixed)
    )  # a removal is newer than what it removes
    event.add("dtstamp", uow.now.astimezone(UTC))
    event.add("dtstart", slot.starts.astimezone(ROME))
    event.add("dtend", slot.ends.astimezone(ROME))
    event.add("summary", SUMMARY)
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    event.add("description", f"Pratica {convocation.number}. Per rispondere o cambiare orario: {link}")
    event.add("location", _place(convocation))
    _people(event, convocation)
    return event


def _people(event: Event, convocation: Convocation) -> None:
    organizer = _address(convocation.comune_email) or vCalAddress(NOBODY)
    organizer.params["cn"] = vText(f"Sportello di {convocation.comune}")
    event["organizer"] = organizer
    if attendee := _address(convocation.requester_email):
        attendee.params["rsvp"] = vText("FALSE")
        event["attendee"] = attendee


def _address(email: str | None) -> vCalAddress | None:
    """Make an address of what is one in a single line; anything else is left out, so that the file still goes."""
    return vCalAddress(f"mailto:{email}") if email and "@" in email and not _BROKEN.search(email) else None


def _place(convocation: Convocation) -> str:
    if not convocation.in_person:
        return "A distanza"
    return ", ".join(part for part in (convocation.room, convocation.address, convocation.comune) if part)

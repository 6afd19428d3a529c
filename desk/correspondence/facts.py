"""Gather the facts of a case that may leave the desk in a message, a letter or a calendar entry: a closed list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import select

from desk import people
from desk.calendar import local_date
from desk.comuni.calendars import calendar
from desk.model import Case, Comune
from desk.process_values import ProcessValues
from desk.properties import (
    AGENDA_ANALYST,
    AGENDA_IN_PERSON,
    AGENDA_LENGTH,
    AGENDA_MEETING,
    AGENDA_PROPOSALS,
    AGENDA_ROOM,
    AGENDA_STEP_FREE,
    AGENDA_TO_BRING,
)
from desk.slots import USUAL, minutes_of
from desk.words import days as words
from engine.errors import InstanceNotFound
from engine.model import process_instance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from engine.store import UnitOfWork

ANSWER_DAYS = 5
"""Working days in which an invitation is answered: then the referente telephones."""
TO_BRING = ("un documento d’identità", "la ricevuta della richiesta")
LONGEST = 200
"""Characters of what the analyst writes about the room and about what to bring."""
STEP_FREE = {True: "Si entra senza scalini.", False: "Ci sono scalini: se ti serve aiuto, telefonaci prima."}
IN_PERSON, AT_A_DISTANCE = "in Comune", "a distanza"
NAMES = frozenset(
    {
        "numero",
        "richiedente",
        "comune",
        "indirizzo",
        "sala",
        "accessibilita",
        "telefono",
        "email_sportello",
        "analista",
        "referente",
        "durata",
        "modalita",
        "proposte",
        "appuntamento",
        "entro",
        "da_portare",
        "oggi",
        "link",
        "link_pratica",
        "destinatario",
    }
)
"""Every name that a message or a letter may insert."""


@dataclass
class _Known:
    """What the database knows of a case, and the day on which it is told."""

    case: Case
    comune: Comune
    process: ProcessValues
    analyst: str | None
    people: Mapping[str, str]

    @property
    def today(self) -> date:
        return local_date(self.process.uow.now)

    @cached_property
    def proposed(self) -> list[Any]:
        """The times proposed, as the process keeps them."""
        found = self.process.of(AGENDA_PROPOSALS)
        return found if isinstance(found, list) else []


def context(
    uow: UnitOfWork, case_id: str, public_url: str, answers: Mapping[str, Any] | None = None
) -> dict[str, str | list[str]]:
    """Give the neutral facts of a case under the names of ``NAMES``; what is unknown is an empty text.

    ``proposte`` and ``da_portare`` are lists of texts. ``link`` leads to the requester's page and holds the number
    alone, ``link_pratica`` to the page of those who work on it. ``entro`` is the last day for answering an invitation
    sent now, as ``last_day`` says it. ``destinatario`` is the requester, until whoever writes to somebody else says
    otherwise. ``answers`` are what somebody is about to say of the meeting: they count before what the case knows.

    Raises:
        InstanceNotFound: there is no such case.

    """
    known = _read(uow, case_id, answers or {})
    case, comune = known.case, known.comune
    return {
        "numero": case.number,
        "richiedente": case.requester or "",
        "comune": comune.name,
        "telefono": comune.phone or "",
        "email_sportello": comune.email or "",
        "analista": known.people.get(known.analyst or "", ""),
        "referente": known.people.get(case.opened_by, ""),
        "entro": words.day(_answer_by(known), known.today),
        "oggi": words.day(known.today, known.today),
        "link": f"{public_url}/segui?numero={quote(case.number)}",
        "link_pratica": f"{public_url}/pratiche/{quote(case.number)}",
        "destinatario": case.requester or "",
        **_place(known),
        **_meeting(known),
    }


def analyst_of(uow: UnitOfWork, case_id: str) -> str | None:
    """Give the user name of the analyst of a case, or nothing before there is one."""
    return _read(uow, case_id, {}).analyst


def _read(uow: UnitOfWork, case_id: str, answers: Mapping[str, Any]) -> _Known:
    row = uow.session.execute(
        select(Case, Comune, process_instance.c.definition_id, process_instance.c.variables)
        .join(Comune, Comune.istat == Case.istat)
        .join(process_instance, process_instance.c.id == Case.id)
        .where(Case.id == case_id)
    ).one_or_none()
    if row is None:
        raise InstanceNotFound(case_id)
    case, comune, definition_id, variables = row
    process = ProcessValues(uow, definition_id, case.istat, {**variables, **answers})
    meeting = process.of(AGENDA_ANALYST)
    analyst = meeting if isinstance(meeting, str) else case.owner
    named = people.names(uow, [name for name in (case.opened_by, analyst) if name])
    return _Known(case, comune, process, analyst, named)


def _place(known: _Known) -> dict[str, str | list[str]]:
    """Say where the meeting is and what to bring; a meeting at a distance is nowhere."""
    said, comune = known.process.of, known.comune
    brought = [*TO_BRING, _line(said(AGENDA_TO_BRING))]
    is_near = said(AGENDA_IN_PERSON) is not False
    place: dict[str, str | list[str]] = {"indirizzo": "", "sala": "", "accessibilita": ""}
    if is_near:
        room = _line(said(AGENDA_ROOM)) or comune.room or ""
        steps = STEP_FREE.get(said(AGENDA_STEP_FREE), "")
        place = {"indirizzo": comune.address or "", "sala": room, "accessibilita": steps or comune.accessibility or ""}
    mode = IN_PERSON if is_near else AT_A_DISTANCE
    return {**place, "modalita": mode, "da_portare": [each for each in brought if each]}


def _line(written: object) -> str:
    """Take a short text that the desk's people wrote for the invitation, on one line."""
    return " ".join(written.split())[:LONGEST] if isinstance(written, str) else ""


def _meeting(known: _Known) -> dict[str, str | list[str]]:
    minutes, today = minutes_of(known.process.of(AGENDA_LENGTH)) or USUAL, known.today
    starts = [words.civil(each) for each in known.proposed]
    fixed = words.civil(known.process.of(AGENDA_MEETING))
    return {
        "durata": f"{minutes} minuti",
        "proposte": [words.meeting(start, minutes, today) for start in starts if start],
        "appuntamento": words.meeting(fixed, minutes, today) if fixed else "",
    }


def last_day(usual: date, proposed: Sequence[Any], today: date) -> date:
    """Give the last day on which an invitation can still be answered: ``usual``, but before the last time proposed.

    ``proposed`` are civil times as the process keeps them. Whoever would answer after all of them has nothing left to
    choose; nobody is asked to answer before ``today``.
    """
    starts = [words.civil(each) for each in proposed]
    days = [start.date() for start in starts if start]
    return max(today, min(usual, max(days) - timedelta(days=1))) if days else usual


def _answer_by(known: _Known) -> date:
    usual = calendar(known.process.uow, known.case.istat).after(known.today, ANSWER_DAYS)
    return last_day(usual, known.proposed, known.today)

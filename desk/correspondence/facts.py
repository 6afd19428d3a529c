"""The facts of a case that may leave the desk in a message, a letter or a calendar entry: a closed list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import select

from desk import people
from desk.calendar import local_date
from desk.comuni.calendars import calendar
from desk.model import Case, Comune
from desk.words import days as words
from engine.errors import InstanceNotFound
from engine.model import process_instance

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from engine.store import UnitOfWork

ANSWER_DAYS = 5
"""Working days in which an invitation is answered: then the referente telephones."""
TO_BRING = ("un documento d’identità", "la ricevuta della richiesta")
USUAL_MINUTES = 45
LONGEST = 200
"""Characters of what the analyst writes about the room and about what to bring."""
ACCESS = {"si": "Si entra senza scalini.", "no": "Ci sono scalini: se ti serve aiuto, telefonaci prima."}
MODES = {"in_comune": "in Comune", "distanza": "a distanza"}
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


@dataclass(frozen=True)
class _Known:
    """What the database knows of a case, and the day on which it is told."""

    case: Case
    comune: Comune
    variables: Mapping[str, Any]
    people: Mapping[str, str]
    uow: UnitOfWork

    @property
    def analyst(self) -> str | None:
        done = self.variables.get("completed_by")
        named = done.get("analizza") if isinstance(done, dict) else None
        return named if isinstance(named, str) else self.case.owner


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
        "entro": words.day(_answer_by(known), local_date(uow.now)),
        "oggi": words.day(local_date(uow.now), local_date(uow.now)),
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
        select(Case, Comune, process_instance.c.variables)
        .join(Comune, Comune.istat == Case.istat)
        .join(process_instance, process_instance.c.id == Case.id)
        .where(Case.id == case_id)
    ).one_or_none()
    if row is None:
        raise InstanceNotFound(case_id)
    known = _Known(row[0], row[1], {**row[2], **answers}, {}, uow)
    named = people.names(uow, [name for name in (row[0].opened_by, known.analyst) if name])
    return _Known(known.case, known.comune, known.variables, named, uow)


def _place(known: _Known) -> dict[str, str | list[str]]:
    """Say where the meeting is and what to bring; a meeting at a distance is nowhere."""
    told, comune = known.variables, known.comune
    mode = told.get("modalita")
    brought = [*TO_BRING, _line(told.get("invito_nota"))]
    place: dict[str, str | list[str]] = {"indirizzo": "", "sala": "", "accessibilita": ""}
    if mode != "distanza":
        room = _line(told.get("sede")) or comune.room or ""
        steps = ACCESS.get(str(told.get("sede_accessibile")), "")
        place = {"indirizzo": comune.address or "", "sala": room, "accessibilita": steps or comune.accessibility or ""}
    return {**place, "modalita": MODES.get(str(mode), ""), "da_portare": [each for each in brought if each]}


def _line(written: object) -> str:
    """Take a short text that the desk's people wrote for the invitation, on one line."""
    return " ".join(written.split())[:LONGEST] if isinstance(written, str) else ""


def _meeting(known: _Known) -> dict[str, str | list[str]]:
    minutes, today = _minutes(known.variables.get("durata")), local_date(known.uow.now)
    proposed = known.variables.get("proposte")
    starts = [words.civil(each) for each in (proposed if isinstance(proposed, list) else [])]
    fixed = words.civil(known.variables.get("appuntamento"))
    return {
        "durata": f"{minutes} minuti",
        "proposte": [words.meeting(start, minutes, today) for start in starts if start],
        "appuntamento": words.meeting(fixed, minutes, today) if fixed else "",
    }


def last_day(usual: date, proposed: object, today: date) -> date:
    """Give the last day on which an invitation can still be answered: ``usual``, but before the last time proposed.

    ``proposed`` are civil times as the process keeps them. Whoever would answer after all of them has nothing left to
    choose; nobody is asked to answer before ``today``.
    """
    starts = [words.civil(each) for each in (proposed if isinstance(proposed, list) else [])]
    days = [start.date() for start in starts if start]
    return max(today, min(usual, max(days) - timedelta(days=1))) if days else usual


def _answer_by(known: _Known) -> date:
    today = local_date(known.uow.now)
    usual = calendar(known.uow, known.case.istat).after(today, ANSWER_DAYS)
    return last_day(usual, known.variables.get("proposte"), today)


def _minutes(written: object) -> int:
    """Read how long a meeting lasts, in minutes, from the answer of a form."""
    text = str(written)
    return int(text) if text.isdecimal() else USUAL_MINUTES

"""Judge whether a file proves a deposit: what it says stands in a history that nobody has touched since.

It may be the deposited document itself, a receipt on paper (PDF) or a requester's own data (JSON).
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from sqlalchemy import func, select

from desk.model import Case
from desk.proof import deposits
from engine import history
from engine.errors import InstanceNotFound
from engine.model import history_event, process_instance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from desk.proof.deposits import Found
    from engine.history import Break
    from engine.store import UnitOfWork

NUMBER = re.compile(r"\bSI-\d{4}-[A-Z]\d{3}-\d{4,}\b")
FINGERPRINT = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
PDF = b"%PDF-"


class ProofSource(StrEnum):
    """What the file turned out to be."""

    DOCUMENT = "documento"
    RECEIPT = "ricevuta"
    DATA = "dati"


@dataclass(frozen=True)
class Claim:
    """One thing that a file says was deposited."""

    source: ProofSource
    sha256: str
    #: The number of the case as the file says it; a document says none.
    number: str | None = None
    #: False where the file carries a content that has another fingerprint than the one beside it.
    consistent: bool = True


@dataclass(frozen=True)
class Verdict:
    """What became of a claim; ``found`` is nothing where no history knows it."""

    claim: Claim
    found: Found | None
    #: Whether the history of that case is as it was written.
    intact: bool

    @property
    def same_case(self) -> bool:
        return self.found is not None and self.claim.number in (None, self.found.number)

    @property
    def proved(self) -> bool:
        return self.claim.consistent and self.same_case and self.intact


@dataclass(frozen=True)
class Touched:
    """A case whose history was changed after it was written."""

    #: Its number, or its id where it has none.
    case: str
    #: The first event that does not follow from those before it; nothing where the last ones are missing.
    event_id: int | None
    at: datetime | None
    what: str | None


def judge(uow: UnitOfWork, content: bytes) -> list[Verdict]:
    """Say of each deposit that a file claims whether the history proves it; an unknown file claims to be one itself."""
    return [_judge(uow, claim) for claim in claims(uow, content)]


def claims(uow: UnitOfWork, content: bytes) -> list[Claim]:
    """Read what a file claims. Whatever it is, it may be a deposited document: that comes first."""
    itself = Claim(ProofSource.DOCUMENT, sha256(content).hexdigest())
    if deposits.find(uow, itself.sha256):
        return [itself]
    told = _of_receipt(content) if content.startswith(PDF) else _of_data(content)
    return told or [itself]


def touched(uow: UnitOfWork, number: str | None = None) -> list[Touched]:
    """Find the cases whose history was changed, removed or added to; of one case only where its number is given.

    Raises:
        InstanceNotFound: there is no case with this number.

    """
    case_id = None if number is None else _id_of(uow, number)
    return [_told(uow, each) for each in history.verify(uow, case_id)]


def cases_kept(uow: UnitOfWork) -> int:
    """Count the cases that have a history."""
    return uow.connection.execute(select(func.count()).select_from(process_instance)).scalar_one()


def _judge(uow: UnitOfWork, claim: Claim) -> Verdict:
    candidates = deposits.find(uow, claim.sha256)
    named = [each for each in candidates if claim.number in (None, each.number)]
    found = next(iter(named or candidates), None)
    intact = found is not None and not list(history.verify(uow, found.case_id))
    return Verdict(claim, found, intact)


def _of_receipt(content: bytes) -> list[Claim]:
    """Read number and fingerprints from the words of a PDF, whatever breaks its lines."""
    text = _words(content)
    number = NUMBER.search(text)
    prints = dict.fromkeys(FINGERPRINT.findall(text))
    return [Claim(ProofSource.RECEIPT, each, number[0] if number else None) for each in prints]


def _words(content: bytes) -> str:
    try:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""  # a file that calls itself a PDF and is none claims nothing


def _of_data(content: bytes) -> list[Claim]:
    try:
        told = orjson.loads(content)
        return [_claim(each, _number(told)) for each in _deposits(told)]
    except (orjson.JSONDecodeError, RecursionError):
        return []


def _number(told: Any) -> str | None:
    number = told.get("numero") if isinstance(told, dict) else None
    return number if isinstance(number, str) else None


def _deposits(told: Any) -> Iterator[dict[str, Any]]:
    """Find the deposits in a requester's own data, as ``deposits.proofs`` wrote them, at whatever depth."""
    if isinstance(told, dict):
        if FINGERPRINT.fullmatch(str(told.get("sha256"))):
            yield told
        told = list(told.values())
    if isinstance(told, list):
        for each in told:
            yield from _deposits(each)


def _claim(told: dict[str, Any], number: str | None) -> Claim:
    content = told.get("contenuto")
    same = not isinstance(content, str) or sha256(content.encode()).hexdigest() == told["sha256"]
    return Claim(ProofSource.DATA, str(told["sha256"]), number, same)


def _id_of(uow: UnitOfWork, number: str) -> str:
    wanted = number.strip().upper()
    found: str | None = uow.connection.execute(select(Case.id).where(Case.number == wanted)).scalar()
    if found is None:
        raise InstanceNotFound(wanted)
    return found


def _told(uow: UnitOfWork, found: Break) -> Touched:
    number = uow.connection.execute(select(Case.number).where(Case.id == found.instance_id)).scalar()
    event = uow.connection.execute(select(history_event).where(history_event.c.id == found.event_id)).one_or_none()
    what = (event.name or event.facts.get("note") or event.type) if event else None
    return Touched(number or found.instance_id, found.event_id, event.at if event else None, what)

"""Make one letter of one case: its template, its data, and the PDF they give."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from desk import cases, comuni, correspondence
from desk.errors import LetterNotFound
from desk.letters.checking import ENDING, FOLDER, SHARED
from desk.letters.contents import CONTENTS
from desk.letters.drawn_code import drawn_code
from desk.letters.typesetting import typeset
from desk.programme import Programme
from desk.words import days
from engine import definitions, instances
from engine.errors import InstanceNotFound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from desk.cases import CaseSummary
    from engine.store import UnitOfWork


@dataclass(frozen=True)
class Letter:
    """A letter ready to be set, outside any transaction: setting takes a tenth of a second."""

    name: str
    texts: Mapping[str, bytes]
    data: Mapping[str, Any]
    now: datetime

    def pdf(self) -> bytes:
        """Set it as tagged PDF/UA-1.

        Raises:
            LetterFailed: the template has a mistake, or takes too long.

        """
        return typeset(self.texts, f"{self.name}{ENDING}", self.data, self.now)


def prepare(
    uow: UnitOfWork, programme: Programme, case_id: str, name: str, data: Mapping[str, Any] | None = None
) -> Letter:
    """Gather what a letter needs; ``Letter.pdf`` sets it, best after the transaction. Who may have it is the caller's.

    ``data`` adds to the facts and takes precedence: ``link`` with the desk's address makes the QR code, ``codice`` is
    the secret on a receipt handed over now.

    Raises:
        InstanceNotFound: there is no such case.
        LetterNotFound: the process brings no such letter, or there is nothing yet that it could say.

    """
    texts = _texts(uow, case_id)
    if name.startswith(SHARED) or f"{FOLDER}{name}{ENDING}" not in texts:
        raise LetterNotFound(name)
    facts = _facts(uow, case_id, name, {**programme.facts, **(data or {})})
    return Letter(name, texts, facts | drawn_code(str(facts["link"])), uow.now)


def names(uow: UnitOfWork, case_id: str) -> list[str]:
    """List the letters that a case's process brings along.

    Raises:
        InstanceNotFound: there is no such case.

    """
    found = (file.removeprefix(FOLDER).removesuffix(ENDING) for file in _texts(uow, case_id))
    return sorted(name for name in found if not name.startswith(SHARED))


def available(uow: UnitOfWork, case_id: str) -> list[str]:
    """List the letters that could be printed now: those that have something to say.

    Raises:
        InstanceNotFound: there is no such case.

    """
    return [name for name in names(uow, case_id) if _has_words(uow, case_id, name)]


def _has_words(uow: UnitOfWork, case_id: str, name: str) -> bool:
    try:
        _facts(uow, case_id, name, Programme().facts)  # whose desk it is changes nothing
    except LetterNotFound:
        return False
    return True


def digest(uow: UnitOfWork, case_id: str, name: str) -> str:
    """Give the SHA-256 of a letter's template, to note which words somebody signed.

    Raises:
        InstanceNotFound, LetterNotFound: as ``prepare``.

    """
    texts = _texts(uow, case_id)
    if f"{FOLDER}{name}{ENDING}" not in texts:
        raise LetterNotFound(name)
    return sha256(texts[f"{FOLDER}{name}{ENDING}"]).hexdigest()


def _texts(uow: UnitOfWork, case_id: str) -> dict[str, bytes]:
    """Give the templates of a case's own version, or the newest one's where that had none yet."""
    own = definitions.load(uow, instances.get(uow, case_id).definition_id)
    found = _letters(own.texts)
    return found or _letters(definitions.load(uow, definitions.latest_id(uow, own.key)).texts)


def _letters(texts: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: text for name, text in texts.items() if name.startswith(FOLDER) and name.endswith(ENDING)}


def _facts(uow: UnitOfWork, case_id: str, name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    case = cases.by_id(uow, [case_id]).get(case_id)
    if case is None:
        raise InstanceNotFound(case_id)
    facts = {**correspondence.context(uow, case_id, ""), **_head(uow, case), **data}
    more = CONTENTS.get(name)
    return {**facts, **more(uow, case, facts), **data} if more else facts


def _head(uow: UnitOfWork, case: CaseSummary) -> dict[str, Any]:
    """Say whose paper it is: the Comune's address in full, the date with its year, whether all of it is invented."""
    comune = comuni.get(uow, case.istat)
    where = f"{comune.cap or ''} {comune.name} ({comune.province})".strip()
    return {
        "sede": f"{comune.address}, {where}" if comune.address else where,
        "data": days.day_in_full(uow.now),
        "dimostrazione": comune.demonstration,
    }

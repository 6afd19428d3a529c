"""List the referenti of a desk: what is recorded of each, and what keeps them from receiving requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from desk import people
from desk.access import Role
from desk.calendar import local_date
from desk.lacks import DatedLack, MandateLack
from desk.people import mandates
from web.request.access import for_roles
from web.request.context import now, store
from web.staff.office.office import KEEPERS, kept_office, office_page, pages
from web.words.dates import date_words
from web.words.opening_hours import OpeningWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk.model import Mandate, User
    from engine.store import UnitOfWork

SOON = timedelta(30)
"""How long before its end a mandate is shown as ending."""


@dataclass(frozen=True)
class Referente:
    """One person, the mandate to speak of, and whether they receive requests, in words."""

    person: User
    mandate: Mandate | None
    standing: OpeningWords


@pages.get("/<istat>/referenti")
@for_roles(*KEEPERS)
def elenco_referenti(istat: str) -> str:
    with store().snapshot(now()) as uow:
        comune = kept_office(uow, istat)
        return office_page(uow, comune, "referenti", referenti=_referenti(uow, istat))


def _referenti(uow: UnitOfWork, istat: str) -> list[Referente]:
    held = people.holding(uow, Role.REFERENTE, istat)
    recorded = mandates.of(uow, istat, [user.username for user in held])
    return [_referente(user, recorded[user.username], local_date(uow.now)) for user in held]


def _referente(user: User, recorded: Sequence[Mandate], today: date) -> Referente:
    spoken_of = mandates.nearest(recorded, today) if recorded else None
    return Referente(user, spoken_of, _standing(recorded, today))


def _standing(recorded: Sequence[Mandate], today: date) -> OpeningWords:
    reasons = mandates.lacking(recorded, today)
    if reasons:
        return OpeningWords(", ".join(_short(reason) for reason in reasons).capitalize(), "attesa")
    ends_on = mandates.nearest(recorded, today).ends_on
    if ends_on and ends_on - today <= SOON and not any(each.starts_on > today for each in recorded):
        return OpeningWords(f"Riceve richieste fino al {date_words(ends_on)}", "attesa")
    return OpeningWords("Riceve richieste", "ok")


def _short(reason: DatedLack) -> str:
    """Say in a few words what a person lacks, with its day."""
    if reason.day is None:
        return str(reason.lack)
    day = date_words(reason.day)
    return f"incarico dal {day}" if reason.lack is MandateLack.NOT_YET else f"incarico finito il {day}"

"""Agree upon and fill a case's envelope, for pages to show."""

from __future__ import annotations

from datetime import timedelta

from desk import envelope
from desk.envelope import KeyRing, Means, NewAgreement, agreements, text_deposit
from desk.facilities import Facilities
from tests.kit.pages import KEYS, MARTA
from tests.kit.small_desk import REQUESTER

FACILITIES = Facilities(envelope_keys=KeyRing.read(KEYS))
WORDS = "La molla si ricarica con il vento"


def agree(store, case_id, *named, days=30, by=MARTA):
    with store.unit_of_work() as uow:
        day = uow.now.date()
        new = NewAgreement("1.0", day, Means.BY_HAND, day + timedelta(days=days), named)
        return agreements.record(uow, case_id, new, by)


def sealed(store, case_id):
    """Name Sara in an agreement, put a text into the envelope; give what addresses need."""
    agreement = agree(store, case_id, "sara")
    with store.unit_of_work() as uow:
        item = envelope.deposit(uow, FACILITIES, case_id, text_deposit(WORDS), REQUESTER).id
    return {"accordo": agreement, "elemento": item, "persona": "sara"}

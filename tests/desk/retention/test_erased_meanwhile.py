"""A pratica is erased while somebody does something to it, on both databases: the one is done, the other is told."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest

from desk import Facilities, envelope, files, retention
from desk.access import Role
from desk.envelope import (
    EnvelopeReader,
    KeyRing,
    Means,
    NewAgreement,
    Purpose,
    agreements,
    conflicts,
    new_key,
    text_deposit,
)
from desk.files import FolderStorage
from desk.requester import secrets
from engine import instances
from engine.errors import InstanceNotFound
from engine.identity import Actor
from tests.kit.at_once import both
from tests.kit.hostile_files import pdf
from tests.kit.played import Played
from tests.kit.small_desk import MARTA, REQUESTER, SARA

OLGA = Actor("olga", {Role.PROGRAMME_OFFICE}, {"*"})
YEARS = timedelta(days=366 * 4)


class Ended:
    """A pratica that may be erased, with an envelope and a document."""

    def __init__(self, store, now, folder):
        keys = KeyRing.read(new_key("prova"))
        self.reader = EnvelopeReader(SARA, Purpose.FIRST_ANALYSIS, keys)
        self.facilities = Facilities(files=FolderStorage(folder), envelope_keys=keys)
        self.case = Played(store, now).forwarded().case
        with files.receive(self.facilities, "a.pdf", BytesIO(pdf())) as upload, store.unit_of_work(now) as uow:
            self.document = files.attach(uow, self.facilities, self.case.id, upload, MARTA).id
            day = now.date()
            new = NewAgreement("1.0", day, Means.BY_HAND, day + YEARS + YEARS, ["sara"])
            agreements.record(uow, self.case.id, new, MARTA)
            envelope.deposit(uow, self.facilities, self.case.id, text_deposit("molla"), REQUESTER)
            instances.cancel(uow, self.case.id, SARA, "prova")

    def erase(self, uow):
        return retention.erase(uow, self.facilities, self.case.id, OLGA)


@pytest.fixture
def ended(each_store, now, tmp_path):
    made = Ended(each_store, now, tmp_path / "documenti")
    each_store.clock = lambda: now + YEARS
    return each_store, made


VERBS = {
    "open": lambda uow, it: envelope.open_envelope(uow, it.case.id, it.reader),
    "declare a conflict": lambda uow, it: conflicts.declare(uow, it.case.id, "sara", SARA),
    "delete a document": lambda uow, it: files.remove(uow, it.facilities, it.case.id, it.document, MARTA),
    "make a secret": lambda uow, it: secrets.issue(uow, it.case.id, MARTA),
    "hold": lambda uow, it: retention.place_hold(uow, it.case.number, "ricorso", OLGA),
    "destroy the envelope": lambda uow, it: envelope.destroy(uow, it.case.id, REQUESTER),
}


@pytest.mark.parametrize("verb", VERBS)
def test_what_comes_while_a_pratica_is_erased_finds_it_gone(ended, verb):
    """Both take the case first: if one took what belongs to it before, each would wait for the other."""
    store, it = ended

    refusal = both(store, lambda uow: instances.lock(uow, it.case.id), lambda uow: VERBS[verb](uow, it), it.erase)

    assert isinstance(refusal, InstanceNotFound)


def test_the_receipt_of_an_erasure_seals_what_happened_last(ended):
    store, it = ended
    heads = []

    def opened(uow):
        envelope.open_envelope(uow, it.case.id, it.reader)
        heads.append(uow.connection.exec_driver_sql("SELECT history_head FROM process_instance").scalar_one())

    assert both(store, opened, it.erase) is None

    with store.snapshot() as uow:
        (receipt,) = retention.receipts(uow, OLGA).items
    assert [receipt.history_head] == heads

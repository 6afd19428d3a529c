"""Make a case with an envelope, for the tests of who may do what with it."""

from __future__ import annotations

from datetime import timedelta

from desk import envelope
from desk.access import Role
from desk.envelope import EnvelopeReader, Means, NewAgreement, Purpose, agreements, file_deposit, text_deposit
from desk.facilities import Facilities
from engine.identity import Actor
from tests.kit.played import Played
from tests.kit.small_desk import MARTA, REQUESTER

RING = envelope.KeyRing.read(envelope.new_key("prima"))
FACILITIES = Facilities(envelope_keys=RING)
PAOLO = Actor("paolo", {Role.COORDINATORE}, {"*"})
SECRET = "Una lama curva che si affila da sola"
FILE = ("disegno-lama-curva.pdf", b"%PDF-1.7 la lama curva %%EOF", "application/pdf")


class Enveloped(Played):
    """A forwarded case; every step happens an hour after the one before."""

    def __init__(self, store, now, **more):
        super().__init__(store, now, **more)
        self.forwarded()

    def agreed(self, *named, by=MARTA, days=30, **members):
        with self._next() as uow:
            self.agreement = agreements.record(uow, self.case.id, signed(self.now, *named, days=days, **members), by)
        return self

    def deposited(self, by=REQUESTER):
        with self._next() as uow:
            self.text = envelope.deposit(uow, FACILITIES, self.case.id, text_deposit(SECRET), by)
        with self._next() as uow:
            self.file = envelope.deposit(uow, FACILITIES, self.case.id, file_deposit(*FILE), by)
        return self

    def opened_by(self, actor, purpose=Purpose.FIRST_ANALYSIS, ring=RING):
        with self._next() as uow:
            return envelope.open_envelope(uow, self.case.id, EnvelopeReader(actor, purpose, ring))

    def downloaded_by(self, actor, purpose=Purpose.FIRST_ANALYSIS):
        with self._next() as uow:
            return envelope.download(uow, self.case.id, self.file.id, EnvelopeReader(actor, purpose, RING))

    def accesses(self):
        with self.store.snapshot(self.now) as uow:
            return envelope.accesses(uow, self.case.id)


def signed(now, *named, days=30, **members):
    day = now.date()
    return NewAgreement("1.0", day, Means.BY_HAND, day + timedelta(days=days), named, **members)


__all__ = ["FACILITIES", "FILE", "PAOLO", "REQUESTER", "RING", "SECRET", "Enveloped", "signed"]

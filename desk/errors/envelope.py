"""Refusals about the sealed envelope."""

from __future__ import annotations

from desk.errors.refusal import DeskRefusal


class EnvelopeKeyMissing(DeskRefusal):
    """The key that wraps an envelope's is not configured or is not the right one; ``name`` is empty without any."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class EnvelopeTampered(DeskRefusal):
    """What is in the database is not what was sealed, or was sealed for another place."""


class NothingAgreed(DeskRefusal):
    """Neither a confidentiality agreement nor the requester's waiver is in force: nothing goes into the envelope."""


class SpokenOnly(DeskRefusal):
    """The requester wants to tell the idea in person: nothing goes into the envelope."""


class EnvelopeHoldsItems(DeskRefusal):
    """Something is in the envelope, so it can't be said that the idea is told in person only."""


class EnvelopeDestroyed(DeskRefusal):
    """The key of the envelope was destroyed, and with it all that was in it."""


class EnvelopeFull(DeskRefusal):
    """The envelope holds as many things as it may."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class UnfitDeposit(DeskRefusal):
    """A text or file can't go into the envelope: ``flaw`` is vuoto, troppo_grande or nome."""

    def __init__(self, flaw: str) -> None:
        super().__init__(flaw)
        self.flaw = flaw


class EnvelopeItemNotFound(DeskRefusal):
    """There is no such item in this envelope."""

    def __init__(self, item_id: str) -> None:
        super().__init__(item_id)
        self.item_id = item_id


class InvalidAgreement(DeskRefusal):
    """An agreement lacks something or makes no sense; ``field`` is the first member that is wrong."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class AccessNotFound(DeskRefusal):
    """The case's envelope was not opened then, or not by this person."""

    def __init__(self, case_id: str) -> None:
        super().__init__(case_id)
        self.case_id = case_id

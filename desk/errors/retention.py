"""Refusals about retention: what may not be erased, and terms that cannot be."""

from __future__ import annotations

from desk.errors.refusal import DeskRefusal


class InvalidTerm(DeskRefusal):
    """A term of retention for an outcome that pratiche do not have, or of less than a month or more than 600."""

    def __init__(self, state: str, months: int) -> None:
        super().__init__(state, months)
        self.state = state
        self.months = months


class ReasonMissing(DeskRefusal):
    """A legal hold says why it stands, in 200 characters at most."""


class HoldNotFound(DeskRefusal):
    """No such legal hold stands."""

    def __init__(self, hold_id: int) -> None:
        super().__init__(hold_id)
        self.hold_id = hold_id


class NotExpired(DeskRefusal):
    """The pratica goes on, or its term is not over: it may not be erased."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class CaseHeld(DeskRefusal):
    """A legal hold keeps the pratica."""

    def __init__(self, number: str, reason: str) -> None:
        super().__init__(number, reason)
        self.number = number
        self.reason = reason

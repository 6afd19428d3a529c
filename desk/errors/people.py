"""Refusals about accounts, roles, passwords, and who may receive requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.errors.refusal import DeskRefusal

if TYPE_CHECKING:
    from datetime import date, datetime

    from desk.lacks import DatedLack


class UserNotFound(DeskRefusal):
    """Nobody has this user name."""

    def __init__(self, username: str) -> None:
        super().__init__(username)
        self.username = username


class UserExists(DeskRefusal):
    """Somebody has this user name or e-mail address already."""

    def __init__(self, username: str) -> None:
        super().__init__(username)
        self.username = username


class RoleNotHeld(DeskRefusal):
    """The person does not hold the role they want to act in."""

    def __init__(self, username: str, role: str) -> None:
        super().__init__(username, role)
        self.username = username
        self.role = role


class UnfitAccount(DeskRefusal):
    """An account lacks something or has what cannot be kept: ``field`` is username, name or email."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class ComuneMissing(DeskRefusal):
    """The role is held in a Comune, and none was given."""

    def __init__(self, role: str) -> None:
        super().__init__(role)
        self.role = role


class WeakPassword(DeskRefusal):
    """A password is too short, or is the person's own name."""

    def __init__(self, minimum: int) -> None:
        super().__init__(minimum)
        self.minimum = minimum


class TooManyAttempts(DeskRefusal):
    """Too many attempts failed, for one account or from one address; ``retry_at`` says when the next is heard."""

    def __init__(self, retry_at: datetime) -> None:
        super().__init__(retry_at)
        self.retry_at = retry_at


class NotQualified(DeskRefusal):
    """The person may not receive requests at this desk; ``reasons`` says what they lack."""

    def __init__(self, username: str, istat: str, reasons: tuple[DatedLack, ...]) -> None:
        super().__init__(username, istat, reasons)
        self.username = username
        self.istat = istat
        self.reasons = reasons


class TrainingIncomplete(DeskRefusal):
    """A training has a day or a body but not both, or has not taken place yet."""


class OverlappingMandates(DeskRefusal):
    """The person has another mandate in the Comune on some of the days; ``first`` and ``last`` are that one's."""

    def __init__(self, username: str, istat: str, first: date, last: date | None) -> None:
        super().__init__(username, istat, first, last)
        self.username = username
        self.istat = istat
        self.first = first
        self.last = last

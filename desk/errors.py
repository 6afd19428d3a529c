"""Everything the desk can refuse, on one page, in the manner of the engine's: facts here, sentences in the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import EngineError

if TYPE_CHECKING:
    from datetime import datetime, time

    from desk.hours import Interval


class DeskRefusal(EngineError):
    """The desk refuses; nothing has changed."""


class ComuneNotFound(DeskRefusal):
    """No Comune has this ISTAT code."""

    def __init__(self, istat: str) -> None:
        super().__init__(istat)
        self.istat = istat


class ComuneNotJoined(DeskRefusal):
    """The Comune has no desk, so it can receive no request."""

    def __init__(self, istat: str) -> None:
        super().__init__(istat)
        self.istat = istat


class InvalidHours(DeskRefusal):
    """Opening hours end before they begin, or alternate between weeks without saying from when."""

    def __init__(self, weekday: int, opens: time, closes: time) -> None:
        super().__init__(weekday, opens, closes)
        self.weekday = weekday
        self.opens = opens
        self.closes = closes


class OverlappingHours(DeskRefusal):
    """Two opening hours of the same day meet."""

    def __init__(self, weekday: int, one: Interval, other: Interval) -> None:
        super().__init__(weekday, one, other)
        self.weekday = weekday
        self.one = one
        self.other = other


class InvalidPeriod(DeskRefusal):
    """A closure ends before it begins."""


class DeskInUse(DeskRefusal):
    """The database belongs to a real desk: no demonstration is put into it."""


class NotAllowed(DeskRefusal):
    """The role the actor acts in does not allow this."""

    def __init__(self, user: str, permission: str) -> None:
        super().__init__(user, permission)
        self.user = user
        self.permission = permission


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

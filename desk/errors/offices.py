"""Refusals about Comuni, their hours and special days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.errors.refusal import DeskRefusal

if TYPE_CHECKING:
    from datetime import time

    from desk.calendar import Interval


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
    """A closure, a mandate or the days on which hours hold end before they begin."""


class SpecialDayNotFound(DeskRefusal):
    """The desk has no such closure or extraordinary opening that is not over."""


class DeskInUse(DeskRefusal):
    """The database belongs to a real desk: no demonstration is put into it."""

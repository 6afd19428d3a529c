"""Refusals to requesters: what they may not do, or not again."""

from __future__ import annotations

from desk.errors.refusal import DeskRefusal


class NotConcluded(DeskRefusal):
    """The request still goes on: its service cannot be rated yet."""

    def __init__(self, case_id: str) -> None:
        super().__init__(case_id)
        self.case_id = case_id


class AlreadyRated(DeskRefusal):
    """The request's service was rated before: once is all."""

    def __init__(self, case_id: str) -> None:
        super().__init__(case_id)
        self.case_id = case_id


class InvalidRating(DeskRefusal):
    """An answer of a rating is none of those asked for; ``field`` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field

"""Refusals about opening a case, and about who works on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.errors.refusal import DeskRefusal

if TYPE_CHECKING:
    from collections.abc import Sequence


class ProcessNotNamed(DeskRefusal):
    """Nobody says which of the processes ``keys`` a new request begins; they may be none."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(*keys)
        self.keys = tuple(keys)


class ConflictOfInterest(DeskRefusal):
    """The person has declared, or was found to have, a conflict of interest in the case."""

    def __init__(self, username: str) -> None:
        super().__init__(username)
        self.username = username

"""A field as it is asked, with the options known by then, and what is said of an answer that is none of its values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.forms.custom import LOOK
from engine.forms.kinds import AGENDA
from engine.forms.options import Option

if TYPE_CHECKING:
    from datetime import datetime

    from engine.forms.component import Component


class Unreadable(Exception):
    """What was typed is no value of this field; ``message`` says why in Italian, ``gist`` in a few words."""

    def __init__(self, message: str, gist: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.gist = gist


@dataclass(frozen=True)
class Asking:
    """A field as it is asked now: its options are known."""

    component: Component
    options: tuple[Option, ...]
    now: datetime

    def chosen(self, typed: object) -> Option:
        """Return the option answered, by its token or by its value; raise ``Unreadable`` when it is none of them."""
        token = Option(typed, "").token
        for option in self.options:
            if option.token == token:
                return option
        if self.component.custom(LOOK) == AGENDA:
            raise Unreadable("Questo orario non è più libero: scegline un altro.", "l’orario non è più libero")
        raise Unreadable("Scegli una delle voci proposte.", "la voce non è in elenco")

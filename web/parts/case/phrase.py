"""Hold how one event of a history is told: its sign, and its sentence from the verb on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.store import Event

PEOPLE, TIMES, DECISIONS = "persone", "tempi", "decisioni"


@dataclass(frozen=True)
class Phrase:
    """How one kind of event is told; the function gets the event and the people's names."""

    kind: str
    icona: str
    colore: str
    che: Callable[[Event, Mapping[str, str]], str]
    #: Whether the sentence begins with a person.
    personal: bool = True

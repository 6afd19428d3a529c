"""Properties that designers write into diagrams and forms: their entries, and those of diagrams that the engine reads.

An entry says all there is to know of a property; who reads one does it through its entry, so that a name that is in no
registry cannot be read. The desk adds its own in ``desk.properties``, forms have theirs in ``engine.forms.custom``.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Place:
    """Where a property may stand: tags of BPMN elements or types of form components, and their Italian name."""

    name: str
    types: frozenset[str]


@dataclass(frozen=True)
class Property:
    """One property: ``meaning`` is an Italian phrase for the designer, in Markdown; ``since`` is a version.

    ``values`` are the only ones it may take, one or, where it ``names_several``, more between commas. Without them
    ``says`` tells in Italian what to write.
    """

    name: str
    place: Place
    meaning: str
    values: tuple[str, ...] = ()
    names_several: bool = False
    says: str = "testo"
    since: str = "0.1.0"

    def of(self, written: Mapping[str, str]) -> str:
        """Give what it says among an element's properties, nothing where it is not written."""
        return written.get(self.name, "")

    def all_of(self, written: Mapping[str, str]) -> frozenset[str]:
        """Give the names that it lists between commas."""
        return frozenset(part.strip() for part in self.of(written).split(",") if part.strip())

    def stands_in(self, written: Mapping[str, str]) -> bool:
        """Say whether it is among an element's properties, even empty."""
        return self.name in written


def by_name(entries: Iterable[Property]) -> dict[str, Property]:
    """Put entries together by name.

    Raises:
        ValueError: a name stands twice.

    """
    found: dict[str, Property] = {}
    for entry in entries:
        if entry.name in found:
            raise ValueError(entry.name)
        found[entry.name] = entry
    return found


def near_name(word: str, known: Iterable[str]) -> str:
    """Give the known name that a word most resembles, in whatever letters; nothing where none does."""
    spelt = {name.casefold(): name for name in sorted(known)}
    return next((spelt[each] for each in get_close_matches(word.casefold(), spelt, n=1, cutoff=0.75)), "")


USER_TASK: Final = Place("attività di una persona", frozenset({"userTask"}))
_RECEIVING: Final = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent", "receiveTask"})
MESSAGE: Final = Place("attesa di un messaggio", _RECEIVING)
_SENDING: Final = frozenset({"intermediateThrowEvent", "endEvent", "sendTask"})
_ANY_MESSAGE: Final = Place("attesa o invio di un messaggio", _RECEIVING | _SENDING)

ASSIGNERS: Final = Property(
    "assegnabile-da",
    USER_TASK,
    "quali altri ruoli possono dare l’attività a qualcuno: serve quando una persona manca",
    names_several=True,
    says="ruoli, separati da virgole",
)
MESSAGE_FORM: Final = Property("modulo", MESSAGE, "il modulo da compilare per mandarlo", says="nome di un modulo")
CORRELATION_KEY: Final = Property(
    "correlationKey",
    _ANY_MESSAGE,
    "a quale pratica va un messaggio fra due processi: arriva dove le due chiavi sono uguali",
    says="testo, o FEEL con `=` davanti",
)

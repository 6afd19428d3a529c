"""Filter a work list: what it is narrowed to, and what it could be; each filter is one piece of the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from desk import comuni
from desk.calendar import local_date
from engine import definitions, deployments, tasks
from engine.civil_time import ROME
from engine.identity import EVERYWHERE
from web.request.context import now
from web.staff.tasks.list_address import DUE_FILTERS
from web.words.deadlines import end_of_week

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from engine.identity import Actor
    from engine.store import UnitOfWork
    from engine.tasks import Page
    from web.staff.tasks.list_address import ListAddress

    Fetch = Callable[[ListAddress], Page]

SEARCH = "cerca"
"""The piece of an address that looks for a Comune to narrow a list to."""
MOST_NAMED = 12
"""Comuni: of more than these one looks for a name."""
TITLES = {"comune": "Comune", "passo": "Passo", "scadenza": "Scadenza"}


@dataclass(frozen=True)
class Active:
    """A filter in force, and where its own cross leads."""

    nome: str
    valore: str
    senza: str
    #: How many tasks there would be without it; only counted where the list is empty.
    conto_senza: int | None = None


@dataclass(frozen=True)
class FilterChoice:
    nome: str
    indirizzo: str


@dataclass(frozen=True)
class Choices:
    """What one filter can be set to; of many Comuni, those that a search found."""

    chiave: str
    nome: str
    voci: Sequence[FilterChoice]
    #: Whether one looks for it by its name, since they are too many to read.
    cerca: bool = False
    cercato: str = ""
    #: Whether the search found more than are shown.
    altri: bool = False


@dataclass(frozen=True)
class Filters:
    messi: Sequence[Active]
    altri: Sequence[Choices]


NONE = Filters((), ())


def narrowing(address: ListAddress) -> dict[str, Any]:
    """Translate an address for the engine's lists."""
    days = {"ritardo": 0, "domani": 2, "settimana": _days_to_monday()}
    until = days.get(address.scadenza or "")
    return {
        "scope": address.comune,
        "element": address.passo,
        "due_before": None if until is None else day_start(now(), until),
        "latest_first": address.inverse,
    }


def day_start(moment: datetime, days: int) -> datetime:
    """Give the first instant, in Italy, of the day so many days after a moment's."""
    return datetime.combine(local_date(moment) + timedelta(days), time(), ROME)


def _days_to_monday() -> int:
    today = local_date(now())
    return (end_of_week(today) - today).days + 1


@dataclass(frozen=True)
class OfferedFilters:
    """What the filters of one page are made from."""

    address: ListAddress
    page: Page
    #: Names of the Comuni to choose from, by ISTAT code.
    comuni: Mapping[str, str]
    #: Names of the steps to choose from, by element id.
    passi: Mapping[str, str]
    fetch: Fetch
    #: What is looked for among the Comuni.
    cercato: str = ""

    def filters(self) -> Filters:
        """Give the filters in force and those that could be added."""
        return Filters([*self._active()], [choices for choices in self._choices() if choices.voci or choices.cerca])

    def _active(self) -> Iterator[Active]:
        for name, title in TITLES.items():
            value = getattr(self.address, name)
            if value:
                without = self.address.narrowed(**{name: None})
                relaxed = None if self.page.items else self.fetch(without)
                words = self._words()[name].get(value, value)
                yield Active(title, words, without.own_url(), relaxed.count if relaxed else None)

    def _words(self) -> dict[str, Mapping[str, str]]:
        return {"comune": self.comuni, "passo": self.passi, "scadenza": DUE_FILTERS}

    def _choices(self) -> Iterator[Choices]:
        for name, words in self._words().items():
            if getattr(self.address, name):
                continue
            links = [FilterChoice(text, self.address.url(**{name: value})) for value, text in _by_words(words)]
            if name == "comune" and (self.cercato or len(links) > MOST_NAMED):
                found = links[:MOST_NAMED] if self.cercato else []
                yield Choices(name, TITLES[name], found, True, self.cercato, len(links) > len(found))  # noqa: FBT003
            elif len(links) > 1:
                yield Choices(name, TITLES[name], links)


def comuni_to_choose(
    uow: UnitOfWork, actor: Actor, text: str = "", limit: int | None = MOST_NAMED + 1
) -> dict[str, str]:
    """Name the Comuni that the actor's tasks may come from and a text finds, one more than are shown at most."""
    among = None if EVERYWHERE in actor.scopes else actor.scopes
    return comuni.joined_names(uow, text, among=among, limit=limit)


def steps_to_choose(uow: UnitOfWork, actor: Actor) -> dict[str, str]:
    """Name the user tasks that the newest processes give to the actor's groups, or let them assign."""
    models = [deployments.latest(uow, key).model for key in definitions.keys(uow)]
    elements = [element for model in models for element in model.elements.values() if element.type == "userTask"]
    return {
        element.id: element.name
        for element in elements
        if element.lane in actor.groups or not actor.groups.isdisjoint(tasks.assigners(element))
    }


def _by_words(words: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Order by what is read; deadlines keep their own order."""
    return words.items() if words is DUE_FILTERS else sorted(words.items(), key=lambda pair: pair[1])

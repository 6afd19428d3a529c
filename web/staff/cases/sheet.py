"""Read what every part of a case's page shows: its head, its tabs, whose turn it is, its time and people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import url_for

from desk import cases, files, people
from desk.properties import SENDERS
from desk.states import Turn as Side
from engine import definitions, instances, messages, tasks
from engine.identity import ENGINE
from web.parts.case.awaited import Awaited, awaited
from web.parts.case.clock import Clock, clock
from web.parts.case.history import with_actions
from web.parts.case.next_steps import NextStep, next_steps
from web.parts.case.reasons import reasons
from web.parts.case.turn import turn
from web.request.context import current_actor
from web.words.actions import action_words
from web.words.states import StateWords, state_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desk.cases import CaseSummary
    from engine.definitions import Definition
    from engine.instances import Instance
    from engine.messages import Subscription
    from engine.store import Event, UnitOfWork

PARTS = {
    "riepilogo": "Riepilogo",
    "attivita": "Attività",
    "documenti": "Documenti",
    "busta": "Busta riservata",
    "cronologia": "Cronologia",
    "diagramma": "Diagramma",
}
ENDPOINTS = {"busta": "busta.page", "documenti": "documenti.elenco"}
"""Parts whose pages are not among those of ``web.staff.cases``."""


@dataclass(frozen=True)
class CaseTab:
    nome: str
    indirizzo: str
    corrente: bool
    conto: int | None


@dataclass(frozen=True)
class Action:
    """A message that the reader may send to the case."""

    id: str
    azione: str


@dataclass(frozen=True)
class CaseSheet:
    """A case as its page needs it, read in one snapshot."""

    pratica: CaseSummary
    instance: Instance
    definition: Definition
    storia: Sequence[Event]
    prossimi: Sequence[NextStep]
    messaggi: Sequence[Action]
    tempo: Clock
    attesa: Awaited | None
    #: Names of people by user name.
    nomi: Mapping[str, str]
    #: How many documents there are.
    documenti: int

    def context(self, part: str) -> dict[str, Any]:
        """Give what the frame of the page draws, whatever its part."""
        return {
            "sezione": "pratiche",
            "pratica": self.pratica,
            "parte": CaseTab(PARTS[part], "", corrente=True, conto=None),
            "parti": [self._part(key, part) for key in PARTS],
            "stato": self.stato,
            "proprietario": self.nomi.get(self.pratica.owner or ""),
            "messaggi": self.messaggi,
            "tempo": self.tempo,
            "attesa": self.attesa,
            "prossimi": self.prossimi,
            "persone": self._people(),
            "turno": turn(self.pratica, self.prossimi, self.attesa),
            "motivi": reasons(self.storia) if part == "riepilogo" else [],
        }

    @cached_property
    def stato(self) -> StateWords:
        return state_words(self.pratica.state)

    def _part(self, key: str, current: str) -> CaseTab:
        count = {"attivita": len(self.prossimi), "documenti": self.documenti}.get(key)
        endpoint = ENDPOINTS.get(key, f"pratiche.{key}")
        return CaseTab(PARTS[key], url_for(endpoint, numero=self.pratica.number), key == current, count)

    def _people(self) -> list[tuple[str, str]]:
        told = {"Referente": self.pratica.opened_by, "Analista": self.pratica.owner}
        return [(role, self.nomi.get(user, user)) for role, user in told.items() if user]


def read(uow: UnitOfWork, number: str) -> CaseSheet:
    """Gather a case's page.

    Raises:
        InstanceNotFound: there is no such case, or none that the reader may see.

    """
    actor = current_actor()
    case = cases.get(uow, number, actor)
    instance = instances.get(uow, case.id)
    definition = definitions.load(uow, instance.definition_id)
    history = with_actions(instances.history(uow, case.id), definition.model)
    users = {event.actor for event in history} | _mentioned(history) | {case.opened_by, case.owner or ""}
    return CaseSheet(
        case,
        instance,
        definition,
        history,
        next_steps(uow, case, actor),
        [Action(each.id, action_words(each)) for each in offered(uow, case.id, definition)],
        clock(uow, case, history),
        awaited(uow, case),
        people.names(uow, users)
        | {Side.REQUESTER.value: case.requester or "Il richiedente", ENGINE.user: "Lo sportello"},
        files.count(uow, case.id),
    )


def offered(uow: UnitOfWork, case_id: str, definition: Definition) -> list[Subscription]:
    """List the messages that the case waits for and that the diagram lets the reader's role send.

    One that interrupts a person's task is only for those whom the task is for: nobody moves a meeting of others.
    """
    elements = definition.model.elements
    open_tasks = [task for task in tasks.of_case(uow, case_id) if task.state == "created"]
    closed_to_reader = {task.element_id for task in open_tasks if not task.is_visible_to(current_actor())}
    mine = (each for each in messages.waiting(uow, case_id) if _is_for_reader(each))
    return [each for each in mine if elements[each.element_id].attached_to not in closed_to_reader]


def _is_for_reader(subscription: Subscription) -> bool:
    return not SENDERS.all_of(subscription.properties).isdisjoint(current_actor().groups)


def _mentioned(history: Sequence[Event]) -> set[str]:
    return {str(event.facts[key]) for event in history for key in ("to", "persona") if event.facts.get(key)}

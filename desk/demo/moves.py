"""Make the moves of invented cases: each is one visit of somebody to the desk's pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desk import agenda, cases
from desk.calendar import local_date
from desk.comuni import calendars
from desk.demo import answers
from engine import messages, tasks
from engine.identity import Actor

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from random import Random

    from desk.demo.answers import Answers
    from desk.demo.requests import Request
    from engine.store import UnitOfWork
    from engine.tasks import UserTask

PROCESS = "richiesta"
AHEAD = 60
"""Days within which a time for the meeting is looked for."""


@dataclass
class Walk:
    """One invented case on its way."""

    request: Request
    istat: str
    comune: str
    room: str
    referente: Actor
    analista: Actor
    #: The day of the meeting, or the first on which it may be.
    day: date
    dice: Random
    case_id: str = ""
    #: Times proposed for the meeting; the first is the one that is chosen.
    slots: tuple[str, ...] = ()

    @property
    def richiedente(self) -> Actor:
        return Actor("richiedente", (), (self.istat,))


@dataclass(frozen=True)
class Move:
    """What somebody does, and how many working days after the move before it."""

    act: Callable[[UnitOfWork, Walk], None]
    delay: tuple[int, int] = (0, 0)
    #: It happens at the town hall, during opening hours.
    at_desk: bool = False


def _open(uow: UnitOfWork, walk: Walk) -> None:
    walk.case_id = cases.open_request(uow, walk.referente, walk.istat, key=PROCESS).id


def _register(uow: UnitOfWork, walk: Walk) -> None:
    given = answers.registration(walk.request, walk.comune, uow.now, walk.dice)
    _complete(uow, walk, "registra", walk.referente, given)


def _claim(uow: UnitOfWork, walk: Walk) -> None:
    tasks.claim(uow, _task(uow, walk, "analizza").id, walk.analista)


def _withdraw(uow: UnitOfWork, walk: Walk) -> None:
    _send(uow, walk, "ritiro", answers.withdrawal())


def _propose(uow: UnitOfWork, walk: Walk) -> None:
    soonest = calendars.calendar(uow, walk.istat).after(local_date(uow.now), answers.DAYS_TO_ANSWER + 1)
    first = max(walk.day, soonest)
    free = agenda.free_slots(uow, walk.istat, walk.analista.user, answers.MINUTES, first, AHEAD)
    walk.slots = tuple(slot.value for slot in free[:3])
    _complete(uow, walk, "proponi", walk.analista, answers.invitation(walk.slots, walk.room))


def _by_referente(element: str, given: Callable[[UnitOfWork, Walk], Answers]) -> Callable[[UnitOfWork, Walk], None]:
    return lambda uow, walk: _complete(uow, walk, element, walk.referente, given(uow, walk))


def _by_analista(element: str, given: Callable[[UnitOfWork, Walk], Answers]) -> Callable[[UnitOfWork, Walk], None]:
    return lambda uow, walk: _complete(uow, walk, element, walk.analista, given(uow, walk))


def _decides(decision: str) -> Callable[[UnitOfWork, Walk], None]:
    return _by_analista("analizza", lambda _uow, walk: answers.analysis(walk.request, decision))


def _replies(answer: str) -> Callable[[UnitOfWork, Walk], None]:
    return lambda uow, walk: _send(uow, walk, "risposta-convocazione", answers.reply(answer, walk.slots[0]))


def _meets(outcome: str) -> Callable[[UnitOfWork, Walk], None]:
    return _by_analista("incontra", lambda _uow, _walk: answers.meeting(outcome))


def _complete(uow: UnitOfWork, walk: Walk, element: str, actor: Actor, given: dict[str, Any]) -> None:
    task = _task(uow, walk, element)
    tasks.claim(uow, task.id, actor)
    tasks.complete(uow, task.id, actor, given)


def _task(uow: UnitOfWork, walk: Walk, element: str) -> UserTask:
    open_tasks = (task for task in tasks.of_case(uow, walk.case_id) if task.state == "created")
    return next(task for task in open_tasks if task.element_id == element)


def _send(uow: UnitOfWork, walk: Walk, message: str, given: dict[str, Any]) -> None:
    waiting = next(each for each in messages.waiting(uow, walk.case_id) if each.message == message)
    messages.correlate(uow, waiting.id, walk.richiedente, given)


MOVES = {
    "apre": Move(_open),
    "registra": Move(_register),
    "corregge": Move(_by_referente("verifica", lambda _uow, _walk: answers.check("correggi")), (0, 1)),
    "inoltra": Move(_by_referente("verifica", lambda _uow, _walk: answers.check("inoltra")), (0, 2)),
    "prende": Move(_claim, (0, 2)),
    "chiede": Move(_decides("integrazioni"), (1, 3)),
    "integra": Move(_by_referente("integra", lambda _uow, _walk: answers.additions()), (2, 4)),
    "declina": Move(_decides("non_di_competenza"), (1, 2)),
    "rinvia": Move(_decides("rinvio"), (1, 2)),
    "indirizza": Move(_by_analista("rinvia", lambda uow, _walk: answers.referral(uow.now)), (0, 2)),
    "convoca": Move(_decides("convoca"), (1, 3)),
    "propone": Move(_propose, (0, 1)),
    "accetta": Move(_replies("accetta"), (1, 2)),
    "rinuncia": Move(_replies("rinuncia"), (1, 2)),
    "incontra": Move(_meets("svolto"), (3, 6), at_desk=True),
    "manca": Move(_meets("assente"), (3, 6), at_desk=True),
    "conclude": Move(_by_analista("decidi", lambda uow, walk: answers.outcomes(walk.request, uow.now)), (1, 3)),
    "ritira": Move(_withdraw, (1, 2)),
}

_SENT = ("apre", "registra", "inoltra")
_CONVENED = (*_SENT, "prende", "convoca")
_INVITED = (*_CONVENED, "propone")
PLOTS = {
    "bozza": ("apre",),
    "inviata": ("apre", "registra"),
    "corretta": ("apre", "registra", "corregge"),
    "inoltrata": _SENT,
    "ritirata": (*_SENT, "ritira"),
    "analisi": (*_SENT, "prende"),
    "estranea": (*_SENT, "prende", "declina"),
    "rinviata": (*_SENT, "prende", "rinvia", "indirizza"),
    "integrazioni": (*_SENT, "prende", "chiede"),
    "integrata": (*_SENT, "prende", "chiede", "integra", "prende"),
    "da_proporre": _CONVENED,
    "proposta": _INVITED,
    "telefona": _INVITED,
    "rinuncia": (*_INVITED, "rinuncia"),
    "fissata": (*_INVITED, "accetta"),
    "assente": (*_INVITED, "accetta", "manca"),
    "esito": (*_INVITED, "accetta", "incontra"),
    "conclusa": (*_INVITED, "accetta", "incontra", "conclude"),
}
"""The moves behind each stage; «telefona» is a proposal that nobody answered until the diagram's timer fired."""

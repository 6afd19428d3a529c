"""Say the requester's path in words, and find the messages that they may send from the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk import agenda
from desk.calendar import local_date
from desk.cases import progress
from desk.cases.progress import Progress
from desk.properties import (
    PATH_ADVICE,
    PATH_ANALYSED,
    PATH_CONCLUDED,
    PATH_MEETING,
    PATH_TAKEN,
    SENDERS,
    TURN,
)
from desk.states import PathStage, PublicState, Turn
from engine import definitions, instances, messages, tasks
from web.request.context import settings
from web.request.people import person_name
from web.words.dates import day_words, moment_words, short_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from desk.cases import CaseSummary
    from desk.cases.progress import Milestone
    from engine.messages import Subscription
    from engine.store import UnitOfWork

#: What a step ahead brings; a diagram says it better, with its own terms, in the properties of ``SAID_BY``.
AHEAD = {
    PathStage.TAKEN: "Un analista di {firm} la prende in carico",
    PathStage.ANALYSED: "L’analista la studia e ti scrive se servono altri dati",
    PathStage.MEETING: "Ti proponiamo una data e ti mostriamo la strada migliore",
    PathStage.PATH: "Dopo l’incontro ti scriviamo che cosa fare e chi ti aiuta",
}
SAID_BY = {
    PathStage.TAKEN: PATH_TAKEN,
    PathStage.ANALYSED: PATH_ANALYSED,
    PathStage.MEETING: PATH_MEETING,
    PathStage.PATH: PATH_ADVICE,
    PathStage.CONCLUDED: PATH_CONCLUDED,
}

#: A step is named as done; while the case stands at it, this is what is going on.
HERE = {PathStage.SENT: "In preparazione", PathStage.TAKEN: "Da prendere in carico", PathStage.ANALYSED: "In analisi"}


@dataclass(frozen=True)
class PathStep:
    """One line of the path, with the tone in which it is drawn: fatto, adesso, or neither."""

    name: str
    words: str
    tone: str


def path_words(uow: UnitOfWork, case: CaseSummary) -> list[PathStep]:
    """Give the steps of a case; one that an early end made needless is left out."""
    shown = (each for each in progress.path(uow, case) if each.progress is not Progress.SKIPPED)
    kept = [each for each in shown if case.closed_at is None or each.progress is Progress.DONE]
    said = definitions.load(uow, instances.get(uow, case.id).definition_id).model.properties
    ahead = _ahead() | {step: entry.of(said) for step, entry in SAID_BY.items() if entry.stands_in(said)}
    return [_step(case, each, ahead) for each in kept]


def _ahead() -> dict[PathStage, str]:
    return {step: words.format(firm=settings().programme.firm) for step, words in AHEAD.items()}


def when_words(uow: UnitOfWork, case: CaseSummary) -> str:
    """Say between which days the next thing happens, or when the meeting is, or by how much the desk is late."""
    if case.closed_at is not None:
        return ""
    if case.state is PublicState.MEETING_SET:
        return _meeting(uow, case)
    if case.due_at is None or case.turn is Turn.REQUESTER or case.state.stops_the_clock:
        return ""
    if local_date(case.due_at) < local_date(uow.now):
        return f"Contavamo di farlo entro {day_words(case.due_at)}: siamo in ritardo."
    return f"Contiamo di farlo {_term(uow, case, case.due_at)}."


def _meeting(uow: UnitOfWork, case: CaseSummary) -> str:
    """Say when the meeting is, as the agenda has it or else its task; nothing once the hour has passed."""
    found = agenda.convocation_of(uow, case.id)
    starts = (found.starts if found else None) or case.due_at
    return f"Quando: {moment_words(starts)}." if starts is not None and starts > uow.now else ""


def _term(uow: UnitOfWork, case: CaseSummary, last: datetime) -> str:
    """Say a range where the diagram gives one (due and follow-up dates of the nearest task), else its last day."""
    nearest = [each for each in tasks.of_case(uow, case.id) if each.state == "created" and each.due_at == last]
    first = next((each.follow_up_at for each in nearest if each.follow_up_at), None)
    if first is None or not local_date(uow.now) < local_date(first) < local_date(last):
        return f"entro {day_words(last)}"
    same_month = local_date(first).replace(day=1) == local_date(last).replace(day=1)
    return f"tra {day_words(first).rsplit(' ', 1)[0] if same_month else day_words(first)} e {day_words(last)}"


def subscriptions_for(uow: UnitOfWork, case: CaseSummary) -> tuple[list[Subscription], list[Subscription]]:
    """List what the requester is asked now, and what they may always do."""
    open_to = [each for each in messages.waiting(uow, case.id) if addressed_to_requester(each)]
    asked = [each for each in open_to if TURN.of(each.properties) == Turn.REQUESTER]
    return asked, [each for each in open_to if each not in asked]


def of_this_step(
    uow: UnitOfWork, case: CaseSummary, offered: Iterable[Subscription]
) -> tuple[list[Subscription], list[Subscription]]:
    """Part what belongs to the step where the case stands (move the meeting) from what goes at any time (withdraw)."""
    elements = definitions.load(uow, instances.get(uow, case.id).definition_id).model.elements
    here: list[Subscription] = []
    always: list[Subscription] = []
    for each in offered:
        (always if elements[each.element_id].type == "startEvent" else here).append(each)
    return here, always


def addressed_to_requester(subscription: Subscription) -> bool:
    """Say whether a diagram lets the requester send this message (``SENDERS``)."""
    return Turn.REQUESTER in SENDERS.all_of(subscription.properties)


def _step(case: CaseSummary, milestone: Milestone, ahead: Mapping[PathStage, str]) -> PathStep:
    if milestone.progress is Progress.DONE:
        return PathStep(milestone.step, _done(case, milestone), "fatto")
    if milestone.progress is Progress.HERE:
        return PathStep(HERE.get(milestone.step, milestone.step), case.sentence or "", "adesso")
    return PathStep(milestone.step, ahead.get(milestone.step, ""), "")


def _done(case: CaseSummary, milestone: Milestone) -> str:
    """Say when, and by whom where the requester should know the person."""
    day = short_day(milestone.at) if milestone.at else ""
    if milestone.step is PathStage.SENT:
        return f"{day}, allo sportello"
    if milestone.step is PathStage.TAKEN:
        return f"{day}, da {person_name(milestone.by)} di {settings().programme.firm}"
    if milestone.step is PathStage.CONCLUDED:
        return f"{day}: {case.state.label.lower()}"
    return day

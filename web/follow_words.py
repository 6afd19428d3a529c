"""The requester's path in words, and the messages that a requester may send from the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk import progress
from desk.progress import Progress
from desk.states import PublicState, Step, Turn
from engine import messages
from web.filters import day_words, moment_words, short_day
from web.names import person_name

if TYPE_CHECKING:
    from datetime import datetime

    from desk.cases import CaseSummary
    from desk.progress import Milestone
    from engine.messages import Subscription
    from engine.store import UnitOfWork

AHEAD = {
    Step.TAKEN: "Un analista di Novain la prende in carico",
    Step.ANALYSED: "L’analista la studia e ti scrive se servono altri dati",
    Step.MEETING: "Ti proponiamo una data e ti mostriamo la strada migliore",
    Step.PATH: "Dopo l’incontro ti scriviamo che cosa fare e chi ti aiuta",
}


#: A step is named as done; while the case stands at it, this is what is going on.
HERE = {Step.SENT: "In preparazione", Step.TAKEN: "Da prendere in carico", Step.ANALYSED: "In analisi"}


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
    return [_step(case, each) for each in kept]


def when_words(case: CaseSummary, now: datetime) -> str:
    """Say by when something happens, or when the meeting is; nothing once the day has passed."""
    if case.due_at is None or case.closed_at is not None or case.due_at < now:
        return ""
    if case.state is PublicState.MEETING_SET:
        return f"Quando: {moment_words(case.due_at)}."
    return "" if case.turn is Turn.REQUESTER else f"Contiamo di farlo entro {day_words(case.due_at)}."


def subscriptions_for(uow: UnitOfWork, case: CaseSummary) -> tuple[list[Subscription], list[Subscription]]:
    """List what the requester is asked now, and what they may always do."""
    open_to = [each for each in messages.waiting(uow, case.id) if addressed_to_requester(each)]
    asked = [each for each in open_to if each.properties.get("tocca-a") == Turn.REQUESTER]
    return asked, [each for each in open_to if each not in asked]


def addressed_to_requester(subscription: Subscription) -> bool:
    """Say whether a diagram lets the requester send this message (property ``rivolto-a``)."""
    return Turn.REQUESTER in [who.strip() for who in subscription.properties.get("rivolto-a", "").split(",")]


def _step(case: CaseSummary, milestone: Milestone) -> PathStep:
    if milestone.progress is Progress.DONE:
        return PathStep(milestone.step, _done(case, milestone), "fatto")
    if milestone.progress is Progress.HERE:
        return PathStep(HERE.get(milestone.step, milestone.step), case.sentence or "", "adesso")
    return PathStep(milestone.step, AHEAD.get(milestone.step, ""), "")


def _done(case: CaseSummary, milestone: Milestone) -> str:
    """Say when, and by whom where the requester should know the person."""
    day = short_day(milestone.at) if milestone.at else ""
    if milestone.step is Step.SENT:
        return f"{day}, allo sportello"
    if milestone.step is Step.TAKEN:
        return f"{day}, da {person_name(milestone.by)} di Novain"
    if milestone.step is Step.CONCLUDED:
        return f"{day}: {case.state.label.lower()}"
    return day

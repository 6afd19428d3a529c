"""Plays a scenario through the same verbs that people use, at moments of its own."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from engine import feel, instances, jobs, messages, tasks
from engine.errors import EngineError, InvalidAnswers, UnknownProcess
from engine.model.tables import job
from engine.scenarios.script import Complete, Expect, Send, WaitFor
from engine.scenarios.words import told
from engine.variables import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.bpmn import Element
    from engine.identity import Actor
    from engine.scenarios.script import Action, Scenario
    from engine.store import Store, UnitOfWork
    from engine.user_task import UserTask

JOBS = 100
"""Jobs run at most in one call; the next call goes on with the others."""


class ScenarioFailed(EngineError):
    """The case did not go as the scenario says; ``step`` is its 1-based number, ``message`` tells what was seen.

    A case that cannot even begin has no id, and its step is 0.
    """

    def __init__(self, case_id: str, step: int, message: str) -> None:
        super().__init__(case_id, step, message)
        self.case_id = case_id
        self.step = step
        self.message = message


class _Mismatch(Exception):
    """What a step found instead of what it expected."""


def play(store: Store, scenario: Scenario) -> str:
    """Start the scenario's case and take every step; returns the case's id.

    Raises:
        UnknownProcess: its process was not deployed to the store.
        ScenarioFailed: a step could not be taken, or something expected was not there.

    """
    player = _started(store, scenario)
    for number, step in enumerate(scenario.steps, 1):
        try:
            player.take(step)
        except (_Mismatch, EngineError, feel.FeelError) as failure:
            said = str(failure) if isinstance(failure, _Mismatch) else told(failure)
            raise ScenarioFailed(player.case_id, number, f"{step}: {said}") from failure
    return player.case_id


def _started(store: Store, scenario: Scenario) -> _Player:
    try:
        return _Player(store, scenario)
    except UnknownProcess:
        raise
    except (EngineError, feel.FeelError) as failure:
        raise ScenarioFailed("", 0, f"avvio: {told(failure)}") from failure


class _Player:
    def __init__(self, store: Store, scenario: Scenario) -> None:
        self.store = store
        self.scenario = scenario
        self.now = scenario.begins
        with store.unit_of_work(self.now) as uow:
            starter = scenario.people[scenario.started_by]
            case = instances.start(uow, scenario.process, starter, variables=scenario.variables, scope=scenario.scope)
        self.case_id = case.id

    def take(self, step: Action) -> None:
        match step:
            case Complete():
                self.complete(step)
            case Send():
                self.send(step)
            case WaitFor():
                self.wait(step.until)
            case Expect():
                self.expect(step)

    def complete(self, step: Complete) -> None:
        with self.store.snapshot(self.now) as uow:
            task = self.open_task(uow, step.element)
            actor = self.scenario.people[step.by] if step.by else self.taker(uow, task)
        try:
            with self.store.unit_of_work(self.now) as uow:
                tasks.claim(uow, task.id, actor)
                tasks.complete(uow, task.id, actor, step.answers)
        except InvalidAnswers as refusal:
            refused = tuple(sorted({error.path for error in refusal.errors}))
            if refused != tuple(sorted(step.refused)):
                raise
            return
        if step.refused:
            raise _Mismatch(f"il modulo ha accettato {', '.join(step.refused)}")
        self.run_due()

    def open_task(self, uow: UnitOfWork, element: str) -> UserTask:
        opened = self.open_tasks(uow)
        found = next((task for task in opened if task.element_id == element), None)
        if found is None:
            raise _Mismatch(f"l’attività non è aperta; sono aperte {_list(task.element_id for task in opened)}")
        return found

    def open_tasks(self, uow: UnitOfWork) -> list[UserTask]:
        return [task for task in tasks.of_case(uow, self.case_id) if task.state == "created"]

    def taker(self, uow: UnitOfWork, task: UserTask) -> Actor:
        """Find who does a task: its assignee, else the first person in whose queue it is."""
        if task.assignee and task.assignee in self.scenario.people:
            return self.scenario.people[task.assignee]
        for actor in self.scenario.people.values():
            if any(each.id == task.id for each in tasks.queue(uow, actor, size=100).items):
                return actor
        raise _Mismatch("nessuna delle persone può prendere in carico l’attività")

    def send(self, step: Send) -> None:
        with self.store.unit_of_work(self.now) as uow:
            waiting = messages.waiting(uow, self.case_id)
            found = next((each for each in waiting if each.message == step.message), None)
            if found is None:
                raise _Mismatch(f"nessuno aspetta il messaggio; si aspetta {_list(each.message for each in waiting)}")
            messages.correlate(uow, found.id, self.scenario.people[step.by], step.answers)
        self.run_due()

    def wait(self, until: str) -> None:
        """Let time pass from one due moment to the next, so that each timer fires at its own."""
        target = self.moment(until)
        if target < self.now:
            raise _Mismatch(f"{target} è già passato: sono le {self.now}")
        while (due := self.next_due()) is not None and due <= target:
            self.now = max(self.now, due)
            self.run_due()
        self.now = target

    def moment(self, until: str) -> datetime:
        if until.startswith("="):
            return _moment(self.evaluate(until[1:]))
        if until.startswith("P"):
            return _moment(self.evaluate("now() + duration(attesa)", attesa=until))
        return _moment(datetime.fromisoformat(until))

    def evaluate(self, text: str, **more: object) -> Any:
        with self.store.snapshot(self.now) as uow:
            case = instances.get(uow, self.case_id)
            names = {"initiator": case.started_by, **case.variables, **more}
            return feel.evaluate(text, names, now=self.now, functions=uow.functions(case.scope))

    def next_due(self) -> datetime | None:
        mine = (job.c.instance_id == self.case_id) & (job.c.state == "due")
        with self.store.snapshot(self.now) as uow:
            return uow.connection.execute(select(func.min(job.c.due_at)).where(mine)).scalar()

    def run_due(self) -> None:
        while jobs.run_due(self.store, self.now, JOBS) == JOBS:
            continue
        with self.store.snapshot(self.now) as uow:
            for each in jobs.incidents(uow):
                if each.instance_id == self.case_id:
                    raise _Mismatch(f"{each.element_id} si è fermato: {each.problem}")

    def expect(self, step: Expect) -> None:
        with self.store.snapshot(self.now) as uow:
            case = instances.get(uow, self.case_id)
            drawn = instances.diagram(uow, self.case_id)
            opened = tuple(sorted(task.element_id for task in self.open_tasks(uow)))
        outcome = case.outcome if case.state == "completed" else None
        if step.tasks is not None and opened != step.tasks:
            raise _Mismatch(f"sono aperte {_list(opened)}, non {_list(step.tasks)}")
        if step.tells_outcome and outcome != step.outcome:
            raise _Mismatch(f"l’esito è {outcome or 'nessuno'}, non {step.outcome or 'nessuno'}")
        places = {outcome} if outcome else drawn.here
        _expect_properties(step, [drawn.model.elements[place] for place in places])
        self.expect_values(step)

    def expect_values(self, step: Expect) -> None:
        for expression, value in step.values.items():
            found = plain(self.evaluate(expression))
            if found != value:
                raise _Mismatch(f"{expression} vale {found!r}, non {value!r}")


def _expect_properties(step: Expect, standing: Sequence[Element]) -> None:
    for name, value in step.properties.items():
        seen = {element.properties[name] for element in standing if name in element.properties}
        if value not in seen:
            raise _Mismatch(f"{name} è {_list(seen)}, non {value}")


def _moment(value: object) -> datetime:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    if isinstance(value, date):
        raise _Mismatch(f"{value} non dice l’ora, o il fuso orario")
    raise _Mismatch(f"{value!r} non è un momento")


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "niente"

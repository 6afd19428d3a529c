"""Run what lies inside a process, a subprocess, a call activity or an activity with several instances."""

# ruff: noqa: SLF001  # SpiffWorkflow's protected names are its extension points

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.errors import ExpressionFailed, StepBudgetExceeded
from engine.spiff.activities import ANSWERS, Activity
from engine.spiff.cancelling import cancel_all
from engine.spiff.events import INTERRUPTED
from engine.spiff.scope import CALLED, assign, context, evaluate, is_true
from engine.spiff.workflow import STEP_BUDGET
from engine.variables import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.bpmn import Element
    from engine.spiff.events import Trigger
    from engine.spiff.workflow import Node, ProcessSpec, Token


DEPTH_BUDGET = 80
"""How deep scopes may lie in one another while they run."""


class SubProcess(Activity):
    """Runs what lies inside it, in the variables of the process around it."""

    def __init__(self, scope: ProcessSpec, element: Element, body: ProcessSpec) -> None:
        super().__init__(scope, element)
        self.body = body

    @property
    def triggers(self) -> list[Any]:
        """Event subprocesses that may start inside it."""
        return self.body.triggers

    def _run_hook(self, token: Token) -> None:
        self.enter(token, self.body.starts)

    def enter(self, token: Token, starts: Sequence[Node]) -> None:
        """Let its event subprocesses listen and put a token on each start.

        Raises:
            StepBudgetExceeded: processes call themselves without end.

        """
        if token.depth > DEPTH_BUDGET:
            raise StepBudgetExceeded(DEPTH_BUDGET)
        for trigger in self.triggers:
            trigger.arm(token)
        for start in starts:
            if INTERRUPTED not in token.internal_data:
                token.workflow.spawn(token, start)


class Root(SubProcess):
    """The process itself."""

    is_told = False

    def _run_hook(self, token: Token) -> None:
        start = token.workflow.start
        self.enter(token, [start] if start else self.body.starts)

    def _on_complete_hook(self, token: Token) -> None:
        run = token.workflow
        cancel_all(token.children)
        run.note("ended", run.outcome or self.element)


class EventSubProcess(SubProcess):
    """A subprocess that an event starts; when it ends no flow goes on from it."""

    def __init__(self, scope: ProcessSpec, element: Element, body: ProcessSpec, trigger: Trigger) -> None:
        super().__init__(scope, element, body)
        self.takes_over = trigger.interrupts
        trigger.container = self


@dataclass(frozen=True)
class Mapped:
    """One camunda:in or camunda:out; without a source, all variables go over."""

    source: str | None
    target: str | None


class CallActivity(SubProcess):
    """Runs another process with variables of its own."""

    def __init__(self, scope: ProcessSpec, element: Element, mapped: tuple[Sequence[Mapped], Sequence[Mapped]]) -> None:
        # The called process is filled in once it is read: processes may call one another.
        super().__init__(scope, element, scope)
        self.into, self.back = mapped

    def _run_hook(self, token: Token) -> None:
        given = self._carry(token, context(token), self.into)
        token.internal_data[CALLED] = {name: plain(value) for name, value in given.items()}
        super()._run_hook(token)

    def _on_complete_hook(self, token: Token) -> None:
        assign(token, self._carry(token, token.internal_data[CALLED], self.back))
        super()._on_complete_hook(token)

    def _carry(self, token: Token, names: Mapping[str, Any], mapped: Sequence[Mapped]) -> dict[str, Any]:
        carried: dict[str, Any] = {}
        for each in mapped:
            if each.source is None or each.target is None:
                carried.update(names)
            else:
                carried[each.target] = evaluate(token, each.source, self.element.id, names)
        return carried


@dataclass(frozen=True)
class Repetition:
    """How often an activity runs: for each item of a collection, a number of times, or while a condition holds."""

    is_sequential: bool = True
    cardinality: str | None = None
    collection: str | None = None
    #: Local variable that holds each instance's item.
    item: str | None = None
    #: List variable that gathers one value per instance, in the order of the items.
    output: str | None = None
    #: Local variable whose value is gathered; without it, all that the instance's task answered.
    output_item: str | None = None
    #: Once true after an instance, the others are cancelled.
    completion: str | None = None
    #: Of a standard loop: asked after each turn, and before the first where ``is_tested_first``.
    condition: str | None = None
    is_tested_first: bool = False
    maximum: int | None = None


class Repeated(Activity):
    """An activity that runs several times; the token here is its body, the instances hang on it."""

    def __init__(self, scope: ProcessSpec, element: Element, inner: Activity, plan: Repetition) -> None:
        super().__init__(scope, element)
        self.inner = inner
        self.plan = plan

    def _begin(self, body: Token, index: int, local: dict[str, Any]) -> None:
        instance = body._add_child(self.inner)
        instance.data = {"loopCounter": index, **local}
        self.inner._update(instance)


class Loop(Repeated):
    """Standard loop: one instance after the other while its condition holds."""

    def _run_hook(self, token: Token) -> bool | None:
        token.internal_data["turns"] = 0
        return None if self._turn(token, is_first=True) else True

    def child_done(self, token: Token, child: Token) -> None:
        """Go round again, or on."""
        if child.task_spec is self.inner and not self._turn(token):
            token.complete()

    def _turn(self, token: Token, *, is_first: bool = False) -> bool:
        turns = token.internal_data["turns"]
        if turns == self.plan.maximum or not self._holds(token, is_first=is_first):
            return False
        token.internal_data["turns"] = turns + 1
        self._begin(token, turns, {})
        return True

    def _holds(self, token: Token, *, is_first: bool) -> bool:
        if self.plan.condition is None or (is_first and not self.plan.is_tested_first):
            return True
        return is_true(token, self.plan.condition, self.element.id)


class MultiInstance(Repeated):
    """One instance for each item of a list, all at once or one after the other."""

    def _run_hook(self, token: Token) -> bool | None:
        items = self._items(token)
        token.internal_data |= {"instances": len(items), "completed": 0}
        if self.plan.output:
            token.internal_data["gathered"] = {}
        first = 1 if self.plan.is_sequential else len(items)
        if self.plan.is_sequential:
            token.internal_data["ahead"] = items[first:]
        for index, item in enumerate(items[:first]):
            self._begin(token, index, self._locals(item))
        return None if items else self._gather(token)

    def _items(self, token: Token) -> list[Any]:
        text = self.plan.collection or self.plan.cardinality or ""
        value = plain(evaluate(token, text, self.element.id))
        is_count = not self.plan.collection and isinstance(value, int) and value >= 0
        if not is_count and not (self.plan.collection and isinstance(value, list)):
            raise ExpressionFailed(self.element.id, text, f"serve un elenco o un numero da 0 in su, non {value!r}")
        if (value if is_count else len(value)) > STEP_BUDGET:
            raise StepBudgetExceeded(STEP_BUDGET)
        return [None] * value if is_count else value

    def _locals(self, item: Any) -> dict[str, Any]:
        local = {self.plan.item: item} if self.plan.item else {}
        return {**local, self.plan.output_item: None} if self.plan.output_item else local

    def counters(self, token: Token) -> dict[str, Any]:
        """Give Camunda's ``nrOf…`` variables."""
        state = token.internal_data
        active = sum(child.task_spec is self.inner for child in token.children)
        names = ("nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances")
        return dict(zip(names, (state.get("instances"), state.get("completed"), active), strict=True))

    def child_done(self, token: Token, child: Token) -> None:
        """Count an instance, and go on when it was the last or enough are done."""
        state = token.internal_data
        state["completed"] += 1
        if self.plan.output:
            local = child.data.get(self.plan.output_item) if self.plan.output_item else child.internal_data.get(ANSWERS)
            state["gathered"][str(child.data["loopCounter"])] = local
        if self._is_enough(token, child):
            cancel_all(each for each in token.children if each.task_spec is self.inner)
            self._end(token)
        elif state.get("ahead"):
            item, *state["ahead"] = state["ahead"]
            self._begin(token, state["completed"], self._locals(item))

    def _is_enough(self, token: Token, child: Token) -> bool:
        if token.internal_data["completed"] == token.internal_data["instances"]:
            return True
        names = {**context(token), **child.data}
        return self.plan.completion is not None and is_true(token, self.plan.completion, self.element.id, names)

    def _end(self, token: Token) -> None:
        self._gather(token)
        token.complete()

    def _gather(self, token: Token) -> bool:
        gathered = token.internal_data.get("gathered")
        if self.plan.output and gathered is not None:
            assign(token, {self.plan.output: [gathered[index] for index in sorted(gathered, key=int)]})
        return True

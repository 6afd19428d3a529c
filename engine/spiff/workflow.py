"""The running case: SpiffWorkflow's tree of tasks, holding nothing but tokens.

The tree is the scopes: a token hangs on the process, subprocess, call or multi-instance body that it runs in, a
boundary event on the activity that it watches. SpiffWorkflow's prediction of the future is switched off.
"""

# ruff: noqa: SLF001  # SpiffWorkflow's protected names are its extension points

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.specs import WorkflowSpec
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from engine.bpmn import Thrown, TrailStep
from engine.errors import StepBudgetExceeded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from engine.bpmn import Element, Evaluator, Flow, StepKind, Wait

STEP_BUDGET = 1_000

BESIDE = "beside"
"""This key marks a token that a non-interrupting boundary event sent: where it ends is not how the case ended."""


class ProcessSpec(WorkflowSpec):  # type: ignore[misc]  # the library is untyped
    """What lies directly in one process or subprocess."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        #: Where tokens are put when the scope is entered.
        self.starts: list[Node] = []
        #: Its event subprocesses, as what starts them.
        self.triggers: list[Any] = []


class Outgoing:
    """A sequence flow as seen from its source; ``position`` is its place among the flows into the target."""

    def __init__(self, flow: Flow, target: Node) -> None:
        self.flow = flow
        self.target = target
        self.position = target.incoming
        target.incoming += 1


class Node(TaskSpec):  # type: ignore[misc]  # the library is untyped
    """What a token can stand on: a flow node, or one that stands for a part of it."""

    #: Whether the trail tells of it; synthetic nodes keep silent.
    is_told = True
    #: Whether its waiting tokens merely listen, and so keep no scope open.
    listens = False
    #: Whether it stands in for the scope that it runs in: an interrupting event subprocess.
    takes_over = False
    #: Whether it counts the tokens on each incoming flow.
    joins = False
    #: Whether a case may end with it.
    is_end = False

    def __init__(self, scope: ProcessSpec, element: Element) -> None:
        super().__init__(scope, element.id)
        self.element = element
        self.incoming = 0
        self.outgoing: list[Outgoing] = []
        self.default: str | None = None
        #: Boundary events that watch it.
        self.boundary: list[Any] = []

    @property
    def triggers(self) -> list[Any]:
        """Event subprocesses that may start inside it."""
        return []

    def rename(self, name: str) -> None:
        """Take another name than the element's, which a second node needs."""
        specs = self._wf_spec.task_specs
        specs[name] = specs.pop(self.name)
        self.name: str = name

    def link(self, flow: Flow, target: Node) -> None:
        """Let a sequence flow leave from here."""
        self.connect(target)
        self.outgoing.append(Outgoing(flow, target))

    def test(self) -> None:
        """Nothing: the diagram was checked when it was parsed."""

    def _predict(self, *_: Any, **__: Any) -> None:
        """Nothing: a token's future is found out when it comes."""

    def _update_hook(self, token: Token) -> bool:  # noqa: ARG002  # SpiffWorkflow's signature
        return True

    def _on_complete_hook(self, token: Token) -> None:
        run = token.workflow
        if self.is_told:
            run.note("completed", self.element)
        if self.is_end:
            run.reach_end(token)
        self.emit(token)
        # What it threw may have swept the token itself away.
        if token.id in run.tasks:
            chosen = self.choose(token)
            token.forget()
            for way in chosen:
                run.follow(token.parent, way, beside=BESIDE in token.internal_data)

    def emit(self, token: Token) -> None:
        """Throw what is to be thrown before the token goes on."""

    def choose(self, token: Token) -> list[Outgoing]:
        """Pick the flows a completed token leaves by."""
        raise NotImplementedError

    def child_done(self, token: Token, child: Token) -> None:  # noqa: ARG002  # for those who count
        """Close the scope when nothing runs in it any more."""
        if token.is_empty:
            token.complete()

    def waits(self, token: Token) -> Iterable[Wait]:  # noqa: ARG002  # for those who wait
        """Tell what a token waits for here."""
        return ()

    def counters(self, token: Token) -> dict[str, Any]:  # noqa: ARG002  # for those who count
        """Give the variables that are not stored but counted."""
        return {}

    def recheck(self, token: Token) -> None:
        """Look again at a condition that a token waits for, since variables have changed."""

    def awaken(self, token: Token) -> bool:  # noqa: ARG002  # for those who wait for quiet
        """Make a waiting token ready if it may go on now that no other can move."""
        return False


class Token(Task):  # type: ignore[misc]  # the library is untyped
    """SpiffWorkflow's task with small numbers for ids and without a log record for every change."""

    workflow: Run
    task_spec: Any

    def _add_child(self, task_spec: Node, state: int = TaskState.FUTURE) -> Token:
        return Token(self.workflow, task_spec, self, state, self.workflow.new_id())

    def _set_state(self, value: int) -> None:
        self._state = value

    @property
    def is_listening(self) -> bool:
        """Say whether it only stands for an event that may come."""
        return bool(self.task_spec.listens) and self.state == TaskState.WAITING

    @property
    def is_empty(self) -> bool:
        """Say whether nothing runs in it any more; what merely listens does not keep a scope open."""
        return all(child.is_listening for child in self.children)

    def forget(self) -> None:
        """Leave the tree, with whatever still listens on its behalf.

        What is done leaves at once, so that a loop's thousandth turn costs what the first did. That is safe because
        nothing is ever read from the past: variables live outside the tree, an arrival at a join is a token that
        waits there, and a token hangs directly on the scope it runs in.
        """
        self.workflow._remove_task(self.id)

    def complete(self) -> None:
        """Complete the token, unless what it did has cancelled itself."""
        if not self.has_state(TaskState.FINISHED_MASK):
            super().complete()


def _marked(token: Token, *, beside: bool) -> Token:
    if beside:
        token.internal_data[BESIDE] = True
    return token


class Run(Workflow):  # type: ignore[misc]  # the library is untyped
    """A case for the length of one transition; ``data`` are the variables of the process scope."""

    tasks: dict[int, Token]
    task_tree: Token

    def __init__(self, spec: ProcessSpec, host: Evaluator, variables: Mapping[str, Any], now: datetime) -> None:
        super().__init__(spec, deserializing=True)
        self.data = dict(variables)
        self.host = host
        self.now = now
        self.business_key: str | None = None
        #: Distinguishes the case's tokens from all others'.
        self.seed = ""
        #: The start event to begin at, where it is not the one without a trigger.
        self.start: Node | None = None
        self.last_id = 0
        self.outcome: Element | None = None
        self.trail: list[TrailStep] = []
        self.thrown: list[Thrown] = []
        self.is_dirty = False
        self._steps = 0

    def new_id(self) -> int:
        """Give the next token its number; none is given twice in a case's life."""
        self.last_id += 1
        return self.last_id

    def note(self, kind: StepKind, element: Element, **facts: Any) -> None:
        """Add a line to the trail."""
        self.trail.append(TrailStep(kind, element.id, element.name, facts))

    def spawn(self, scope: Token, node: Node, *, beside: bool = False) -> None:
        """Put a token on a node as if it had just arrived there."""
        node._update(_marked(scope._add_child(node), beside=beside))

    def release(self, scope: Token, node: Node, *, beside: bool = False) -> None:
        """Put a token on an event that has already happened."""
        _marked(scope._add_child(node), beside=beside)._ready()

    def take(self, way: Outgoing) -> None:
        """Tell of a sequence flow."""
        self.trail.append(TrailStep("flow", way.flow.id, way.flow.name))

    def reach_end(self, token: Token) -> None:
        """Keep an end event as the case's outcome, unless it only ends something beside the case or inside a part."""
        scope = token.parent
        while scope.task_spec.takes_over:
            scope = scope.parent
        is_aside = BESIDE in token.internal_data and "terminate" not in token.task_spec.element.events
        if scope is self.task_tree and not is_aside:
            self.outcome = token.task_spec.element

    def public_id(self, token: Token) -> str:
        """Name a token uniquely among all cases."""
        return f"{self.seed}-{token.id}"

    def follow(self, scope: Token, way: Outgoing, *, beside: bool) -> None:
        """Take a sequence flow."""
        self.take(way)
        token = _marked(scope._add_child(way.target), beside=beside)
        if way.target.joins:
            token.internal_data["flow"] = way.position
        way.target._update(token)

    def go(self) -> None:
        """Run until every token waits.

        Raises:
            StepBudgetExceeded: the diagram goes on by itself for ever.

        """
        while token := self._next():
            self._steps += 1
            if self._steps > STEP_BUDGET:
                raise StepBudgetExceeded(STEP_BUDGET)
            token.run()

    def _next(self) -> Token | None:
        if self.is_dirty:
            self.is_dirty = False
            for token in list(self.tasks.values()):
                token.task_spec.recheck(token)
        for token in self.tasks.values():
            if token._state == TaskState.READY and not token.task_spec.manual:
                return token
        return next((token for token in list(self.tasks.values()) if token.task_spec.awaken(token)), None)

    def _task_completed_notify(self, token: Token) -> None:
        if token is self.task_tree:
            self.completed = True
        elif scope := token.parent:
            scope.task_spec.child_done(scope, token)

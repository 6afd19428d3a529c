"""Run one case of a diagram: parse it, begin or restore the case, let something happen, save it.

A ``Process`` lives for one transition. When a verb raises, throw the object away: the stored state is as it was.
"""

from __future__ import annotations

from contextlib import suppress
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final, Self

from SpiffWorkflow.util.task import TaskState

from engine.errors import NoSubscription, TaskNotFound
from engine.spiff import codec, parser
from engine.spiff.activities import Work
from engine.spiff.cancelling import cancel_all
from engine.spiff.events import Arrival, Catch
from engine.spiff.scope import context
from engine.spiff.standstill import stuck
from engine.spiff.throwing import throw_error
from engine.spiff.workflow import Run, Token

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from engine.bpmn import Element, Evaluator, Thrown, TrailStep, Wait
    from engine.spiff.model import Executable

_SEED_BYTES: Final = 8


def parse(key: str, documents: Mapping[str, bytes]) -> Executable:
    """Read the process ``key`` and the processes it calls from BPMN files, by file name.

    Raises:
        InvalidDiagram: the process is not there, or something in it would not run as its author meant.
        InvalidXml: a file is not XML that may be read.

    """
    return parser.parse(key, documents)


class Process:
    """One case of a process, for the length of one transition."""

    def __init__(self, model: Executable, run: Run) -> None:
        self._model = model
        self._run = run

    @classmethod
    def begin(
        cls,
        model: Executable,
        host: Evaluator,
        variables: Mapping[str, Any],
        *,
        now: datetime,
        business_key: str | None,
    ) -> Self:
        """Start a case and run it to its first wait states; ``Executable.starting_at`` for other starts.

        Raises:
            ExpressionFailed, NoPathChosen, StepBudgetExceeded: the diagram cannot go on from there.

        """
        run = Run(model.root.body, host, variables, now)
        run.business_key = business_key
        run.seed = token_hex(_SEED_BYTES)
        run.start = model.node(model.start) if model.start else None
        run.task_tree = Token(run, model.root, None, TaskState.READY, run.new_id())
        run.task_tree.run()
        run.go()
        return cls(model, run)

    @classmethod
    def restore(  # noqa: PLR0913  # what a stored case consists of, each by its name
        cls,
        model: Executable,
        host: Evaluator,
        variables: Mapping[str, Any],
        blob: bytes,
        *,
        now: datetime,
        business_key: str | None,
    ) -> Self:
        """Bring a stored case back to life; raises ValueError for the state of another diagram."""
        run = Run(model.root.body, host, variables, now)
        run.business_key = business_key
        outcome = codec.load(run, blob, model)
        run.outcome = model.elements[outcome] if outcome else None
        return cls(model, run)

    @property
    def variables(self) -> dict[str, Any]:
        """Variables of the process scope, plain JSON."""
        found: dict[str, Any] = self._run.data
        return found

    def variables_of(self, task_id: str) -> dict[str, Any]:
        """Every variable in a token's reach: its item and counters, its call activity's, then the process's own.

        Those of the process alone where the token is gone.
        """
        token = self._token(task_id)
        return self.variables if token is None else context(token)

    def holds(self, task_id: str) -> bool:
        """Say whether a token is still there."""
        return self._token(task_id) is not None

    @property
    def trail(self) -> list[TrailStep]:
        """What happened in this transition, in order."""
        return self._run.trail

    @property
    def thrown(self) -> list[Thrown]:
        """What the case sent out in this transition."""
        return self._run.thrown

    def complete(self, task_id: str, answers: Mapping[str, Any]) -> None:
        """Complete an open user task, or an open job with its results, and run on.

        Raises:
            TaskNotFound: no such task is open; a second submission ends here.
            ExpressionFailed, NoPathChosen, StepBudgetExceeded: the diagram cannot go on from there.

        """
        token = self._open_task(task_id)
        token.task_spec.take(token, answers)
        token.run()
        self._run.go()

    def fire(self, task_id: str, index: int, payload: Mapping[str, Any] | None = None) -> None:
        """Let what a token waits for happen: a timer that is due, a message (its payload becomes variables), a signal.

        Raises:
            NoSubscription: the token is gone, or no longer waits for this.
            ExpressionFailed, NoPathChosen, StepBudgetExceeded: the diagram cannot go on from there.

        """
        token = self._token(task_id)
        if token is None or not isinstance(token.task_spec, Catch):
            raise NoSubscription(f"{task_id}:{index}")
        token.task_spec.fire(token, Arrival(index, payload or {}))
        self._run.go()

    def receive(self, waits: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
        """Let a signal reach several tokens at the same moment, oldest first; give those that it reached.

        What one does to the others counts: a token that it sweeps away waits no more.

        Raises:
            ExpressionFailed, NoPathChosen, StepBudgetExceeded: the diagram cannot go on from there.

        """
        reached = []
        for wait in self.waits():
            token = self._token(wait.task)
            if token is None or (wait.task, wait.index) not in waits:
                continue
            with suppress(NoSubscription):
                token.task_spec.fire(token, Arrival(wait.index))
                reached.append((wait.task, wait.index))
        self._run.go()
        return reached

    def throw_error(self, task_id: str, code: str, message: str | None = None) -> None:
        """Let an open task or job end in a BPMN error, caught by the nearest boundary event or event subprocess.

        Raises:
            TaskNotFound: no such task is open.
            UncaughtError: nothing in the diagram catches the code.
            ExpressionFailed, NoPathChosen, StepBudgetExceeded: the diagram cannot go on from there.

        """
        throw_error(self._open_task(task_id), code, message)
        self._run.go()

    def cancel(self) -> None:
        """End the case here and now, taking every open token away; its outcome is none."""
        if not self.completed:
            cancel_all(self._run.task_tree.children)
            self._run.completed = True
            self._run.outcome = None

    def waits(self) -> list[Wait]:
        """Everything the case waits for, oldest token first."""
        if self.completed:
            return []
        tokens = sorted(self._run.tasks.values(), key=lambda token: token.id)
        return [wait for token in tokens for wait in token.task_spec.waits(token)]

    def stuck(self) -> list[Wait]:
        """Where the case stands still, since what it waits for there cannot come; nothing where it can go on."""
        return stuck(self._run)

    @property
    def completed(self) -> bool:
        """Say whether the case has ended."""
        return bool(self._run.completed)

    @property
    def outcome(self) -> Element | None:
        """The end event at which the case ended; while it runs, the last one reached.

        Not those inside subprocesses, nor those of branches that a non-interrupting event sent beside the case.
        """
        return self._run.outcome

    def save(self) -> bytes:
        """Give the state of the tokens, without the variables of the process scope."""
        return codec.dump(self._run, self._model)

    def _token(self, task_id: str) -> Token | None:
        seed, _, number = task_id.rpartition("-")
        found: Token | None = None
        if seed == self._run.seed and number.isdecimal() and not self.completed:
            found = self._run.tasks.get(int(number))
        return found

    def _open_task(self, task_id: str) -> Token:
        token = self._token(task_id)
        if token is None or not isinstance(token.task_spec, Work) or token.state != TaskState.READY:
            raise TaskNotFound(task_id)
        return token

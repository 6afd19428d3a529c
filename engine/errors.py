"""The refusals of the engine: one exception for everything that it can refuse.

A refusal is a fact with its circumstances as attributes. The sentence a person reads is made in the web, from one
table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from engine.problems import FieldError, Problem


LONGEST_PROBLEM: Final = 10_000
"""Characters of a failure's words that are kept."""


def problem_of(failure: Exception) -> str:
    """Give the words of a failure as a job keeps them."""
    return f"{type(failure).__name__}: {failure}".replace("\0", " ")[:LONGEST_PROBLEM]


class EngineError(Exception):
    """The engine refuses; nothing has changed."""


class TaskNotFound(EngineError):
    """No such task, or none that the actor may see: the two are not told apart."""

    def __init__(self, task_id: str) -> None:
        super().__init__(task_id)
        self.task_id = task_id


class NotACandidate(EngineError):
    """The actor belongs to none of the task's candidate groups."""

    def __init__(self, task: str, user: str) -> None:
        super().__init__(task, user)
        self.task = task
        self.user = user


class AlreadyClaimed(EngineError):
    """Somebody else holds the task."""

    def __init__(self, task: str, assignee: str) -> None:
        super().__init__(task, assignee)
        self.task = task
        self.assignee = assignee


class NotTheAssignee(EngineError):
    """Only the task's assignee may do this."""

    def __init__(self, task: str, assignee: str | None) -> None:
        super().__init__(task, assignee)
        self.task = task
        self.assignee = assignee


class TaskAlreadyCompleted(EngineError):
    """The task was completed before."""

    def __init__(self, task_id: str, completed_by: str, completed_at: datetime) -> None:
        super().__init__(task_id, completed_by, completed_at)
        self.task_id = task_id
        self.completed_by = completed_by
        self.completed_at = completed_at


class TaskCanceled(EngineError):
    """The case has moved on without the task: a deadline passed, a withdrawal arrived, a branch was interrupted."""

    def __init__(self, task_id: str) -> None:
        super().__init__(task_id)
        self.task_id = task_id


class DraftChanged(EngineError):
    """The draft was saved from elsewhere, with other answers, after the one that these were written over."""

    def __init__(self, task_id: str, saved_at: datetime) -> None:
        super().__init__(task_id, saved_at)
        self.task_id = task_id
        self.saved_at = saved_at


class InvalidAnswers(EngineError):
    """The form refuses these answers; they are kept exactly as they were given."""

    def __init__(self, errors: Sequence[FieldError], answers: Mapping[str, object]) -> None:
        super().__init__(errors)
        self.errors = tuple(errors)
        self.answers = answers


class UnknownProcess(EngineError):
    """No deployed process has this key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class NotStartedByHand(EngineError):
    """Every start event of the process waits for a message or a signal: nobody can start a case of it."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class InstanceNotFound(EngineError):
    """No such case, or none that the actor may see."""

    def __init__(self, instance_id: str) -> None:
        super().__init__(instance_id)
        self.instance_id = instance_id


class AlreadyStarted(EngineError):
    """A case with this id was started before: the same request, sent twice."""

    def __init__(self, instance_id: str) -> None:
        super().__init__(instance_id)
        self.instance_id = instance_id


class InstanceRunning(EngineError):
    """The case has not ended, so it cannot be erased."""

    def __init__(self, instance_id: str) -> None:
        super().__init__(instance_id)
        self.instance_id = instance_id


class InstanceNotRunning(EngineError):
    """The case has ended: nothing more can happen in it."""

    def __init__(self, instance_id: str, state: str) -> None:
        super().__init__(instance_id, state)
        self.instance_id = instance_id
        self.state = state


class InvalidDiagram(EngineError):
    """These files cannot run as their author meant; every problem says where it is and what to do."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class InvalidXml(EngineError):
    """The text is no XML that may be read: malformed, too large, or carrying a document type declaration."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.file = file
        self.line = line
        self.message = message


class ExpressionFailed(EngineError):
    """An expression of the diagram gave no usable value."""

    def __init__(self, element_id: str, expression: str, reason: str) -> None:
        super().__init__(f"{element_id}: {expression}: {reason}")
        self.element_id = element_id
        self.expression = expression
        self.reason = reason


class NoPathChosen(EngineError):
    """No condition of an exclusive or inclusive gateway is true, and it has no default flow (BPMN 2.0 §13.4.2)."""

    def __init__(self, element_id: str) -> None:
        super().__init__(element_id)
        self.element_id = element_id


class UncaughtError(EngineError):
    """An error end event was reached, or an operation threw a BPMN error, that no boundary event catches."""

    def __init__(self, code: str | None) -> None:
        super().__init__(code)
        self.code = code


class StepBudgetExceeded(EngineError):
    """The diagram went on by itself for too many steps: a loop without a wait state."""

    def __init__(self, steps: int) -> None:
        super().__init__(steps)
        self.steps = steps


class NoSubscription(EngineError):
    """Nothing waits for this message any more."""

    def __init__(self, subscription: str) -> None:
        super().__init__(subscription)
        self.subscription = subscription


class NeverReturned(EngineError):
    """An operation has begun as often as it may and never ended: it took too long, or its worker died of it."""

    def __init__(self, job_id: str) -> None:
        super().__init__(job_id)
        self.job_id = job_id


class StandsStill(EngineError):
    """Nothing that a case waits for can move it on: its tokens wait for others that cannot come."""

    def __init__(self, element_id: str) -> None:
        super().__init__(f"qui la pratica aspetta qualcosa che non può più arrivare ({element_id})")
        self.element_id = element_id


class ChangedMeanwhile(EngineError):
    """Somebody changed the case between reading and writing it."""

    def __init__(self, instance_id: str) -> None:
        super().__init__(instance_id)
        self.instance_id = instance_id

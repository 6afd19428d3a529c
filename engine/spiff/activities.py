"""Activities: user tasks, jobs, scripts and business rules, and how a token passes each."""

# ruff: noqa: SLF001  # SpiffWorkflow's protected names are its extension points

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.util.task import TaskState

from engine.bpmn import Wait
from engine.errors import ExpressionFailed
from engine.feel import FeelError
from engine.spiff.flows import FlowNode
from engine.spiff.scope import assign, context, evaluate, local_variables
from engine.spiff.timers import EXPRESSION, moment_of
from engine.variables import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from engine.bpmn import Element, WaitKind
    from engine.spiff.workflow import Outgoing, ProcessSpec, Token

ANSWERS = "answers"
"""Under this key a multi-instance task whose answers are collected keeps them until its instance is counted."""


class Activity(FlowNode):
    """Passes straight on, as plain and manual tasks do; boundary events watch it while a token is in it."""

    #: How many tokens it takes to begin, and how many leave (BPMN 2.0 §10.3.1).
    start_quantity = 1
    completion_quantity = 1

    def _update_hook(self, token: Token) -> bool:
        if self.start_quantity == 1:
            return True
        token._set_state(TaskState.WAITING)
        waiting = [each for each in token.parent.children if each.task_spec is self and each.state == TaskState.WAITING]
        if len(waiting) == self.start_quantity:
            for each in waiting[1:]:
                each.forget()
            waiting[0]._ready()
        return False

    def choose(self, token: Token) -> list[Outgoing]:
        """Leave by each flow as many times as tokens are to leave."""
        return super().choose(token) * self.completion_quantity

    def _on_ready_hook(self, token: Token) -> None:
        self.watch(token)

    def watch(self, token: Token) -> None:
        """Let boundary events listen; a condition that holds already may take the activity away at once."""
        for event in self.boundary:
            if not token.has_state(TaskState.FINISHED_MASK):
                event.arm(token)


class Work(Activity):
    """Stays open until somebody completes it: a person where ``kind`` is ``user``, the job executor where ``job``."""

    #: Whether its answers are gathered in a list instead of becoming variables.
    is_collected = False

    def __init__(self, scope: ProcessSpec, element: Element, kind: WaitKind, facts: Mapping[str, Any]) -> None:
        super().__init__(scope, element)
        self.manual = True
        self.kind = kind
        #: Attributes of the task as written, by the names of ``Wait.detail``; literal unless they begin with ``=``.
        self.facts = facts

    def _on_ready_hook(self, token: Token) -> None:
        super()._on_ready_hook(token)
        worked_out = {name: _worked_out(name, text, token) for name, text in self.facts.items() if _is_open(name, text)}
        if worked_out:
            token.internal_data["facts"] = worked_out

    def take(self, token: Token, answers: Mapping[str, Any]) -> None:
        """Keep what the person or the job answered."""
        if self.is_collected:
            token.internal_data[ANSWERS] = plain(answers)
        else:
            assign(token, answers)

    def waits(self, token: Token) -> Iterable[Wait]:
        """Tell of the open task; a token that still waits for others to begin it has opened none."""
        if token.state != TaskState.READY:
            return
        facts = {**self.facts, **token.internal_data.get("facts", {})}
        detail = {**facts, "locals": local_variables(token), "properties": self.element.properties}
        yield Wait(self.kind, token.workflow.public_id(token), 0, self.element.id, self.element.name, detail)


def _is_open(name: str, text: Any) -> bool:
    """Say whether an attribute depends on the moment or on variables."""
    return isinstance(text, str) and (text.startswith(EXPRESSION) or name in MOMENTS)


HIGHEST_PRIORITY = 2**31 - 1
"""Camunda's own: priorities are 32-bit integers."""
LISTS = ("candidate_groups", "candidate_users")
MOMENTS = ("due_date", "follow_up_date")
_ATTRIBUTES = {
    "candidate_groups": "candidateGroups",
    "candidate_users": "candidateUsers",
    "due_date": "dueDate",
    "follow_up_date": "followUpDate",
    "form_key": "formKey",
}
"""What designers know of a task under another name."""


def _worked_out(name: str, text: str, token: Token) -> Any:
    element = token.task_spec.element.id
    value = evaluate(token, text.removeprefix(EXPRESSION), element) if text.startswith(EXPRESSION) else text
    if value is None:
        return [] if name in LISTS else None
    try:
        return _CONVERT.get(name, _text)(value, token.workflow.now)
    except (ValueError, OverflowError, TypeError) as error:
        raise ExpressionFailed(element, text, f"{value!r} non va bene come {_ATTRIBUTES.get(name, name)}") from error


def _names(value: Any, _: datetime) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list) else split_names(str(value))


def _moment(value: Any, now: datetime) -> str:
    return moment_of(value, now).isoformat()


def _priority(value: Any, _: datetime) -> int:
    number = int(value)
    if abs(number) > HIGHEST_PRIORITY:
        raise ValueError(value)
    return number


def _text(value: Any, _: datetime) -> str:
    return str(plain(value))


_CONVERT = {
    "candidate_groups": _names,
    "candidate_users": _names,
    "due_date": _moment,
    "follow_up_date": _moment,
    "priority": _priority,
}


def split_names(text: str) -> list[str]:
    """Read a comma-separated list of groups or users."""
    return [name.strip() for name in text.split(",") if name.strip()]


class Script(Activity):
    """Evaluates FEEL and keeps the value in a variable."""

    def __init__(self, scope: ProcessSpec, element: Element, text: str, result: str | None) -> None:
        super().__init__(scope, element)
        self.text = text
        self.result = result

    def _run_hook(self, token: Token) -> bool:
        value = evaluate(token, self.text, self.element.id)
        if self.result:
            assign(token, {self.result: value})
        return True


class BusinessRule(Activity):
    """Asks the host for a DMN decision and keeps its result in a variable."""

    def __init__(self, scope: ProcessSpec, element: Element, ref: str, result: tuple[str | None, str | None]) -> None:
        super().__init__(scope, element)
        self.ref = ref
        #: The variable that takes the result, and how the result is read: a key of ``MAPPINGS``.
        self.result, self.mapping = result

    def _run_hook(self, token: Token) -> bool:
        mapped = plain(self._mapped(token))
        token.workflow.note("decision", self.element, decision=self.ref, value=mapped)
        if self.result:
            assign(token, {self.result: mapped})
        return True

    def _mapped(self, token: Token) -> Any:
        value = None
        try:
            value = token.workflow.host.decide(self.ref, context(token))
            return MAPPINGS[self.mapping](value)
        except FeelError as error:
            raise ExpressionFailed(self.element.id, self.ref, str(error)) from error
        except ValueError as error:
            raise ExpressionFailed(
                self.element.id, self.ref, f"il risultato {value!r} non va bene come {self.mapping}"
            ) from error


def _single(value: Any) -> Any:
    """Take the one result of a decision; raises ValueError where there are several."""
    if not isinstance(value, list):
        return value
    if len(value) > 1:
        raise ValueError(value)
    return value[0] if value else None


def _entry(value: Any) -> Any:
    """Take the one output of a result; raises ValueError where there are several."""
    if not isinstance(value, dict):
        return value
    if len(value) != 1:
        raise ValueError(value)
    return next(iter(value.values()))


def _results(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


#: camunda:mapDecisionResult; without it the variable takes the decision's value as DMN gives it.
MAPPINGS: dict[str | None, Any] = {
    None: lambda value: value,
    "singleEntry": lambda value: _entry(_single(value)),
    "singleResult": _single,
    "collectEntries": lambda value: [_entry(each) for each in _results(value)],
    "resultList": _results,
}

"""The face of the token engine: parse a diagram, begin or restore a case, let something happen, save it.

A ``Process`` lives for one transition. When a verb raises, throw the object away: the stored state is as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from engine.spiff.model import Element, Flow, Host, Model, Start, Step, Thrown, Wait

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

__all__ = ["Element", "Flow", "Host", "Model", "Process", "Start", "Step", "Thrown", "Wait", "parse"]


def parse(key: str, documents: Mapping[str, bytes]) -> Model:
    """Read the process ``key`` and the processes it calls from BPMN files, by file name.

    Raises:
        InvalidDiagram: the process is not there, or something in it would not run as its author meant.
        InvalidXml: a file is not XML that may be read.

    """
    raise NotImplementedError


class Process:
    """One case of a process, for the length of one transition."""

    #: Variables of the process scope, plain JSON.
    variables: dict[str, Any]
    #: What happened in this transition, in order.
    trail: list[Step]
    #: What the case sent out in this transition.
    thrown: list[Thrown]

    @classmethod
    def begin(
        cls, model: Model, host: Host, variables: Mapping[str, Any], *, now: datetime, business_key: str | None
    ) -> Self:
        """Start a case and run it to its first wait states; see ``Model.starting_at`` for message and timer starts."""
        raise NotImplementedError

    @classmethod
    def restore(  # noqa: PLR0913  # what a stored case consists of, each by its name
        cls,
        model: Model,
        host: Host,
        variables: Mapping[str, Any],
        blob: bytes,
        *,
        now: datetime,
        business_key: str | None,
    ) -> Self:
        """Bring a stored case back to life."""
        raise NotImplementedError

    def complete(self, task_id: str, answers: Mapping[str, Any]) -> None:
        """Complete an open user task, or an open job with its results, and run on.

        Raises:
            TaskNotFound: no such task is open; a second submission ends here.

        """
        raise NotImplementedError

    def fire(self, task_id: str, index: int, payload: Mapping[str, Any] | None = None) -> None:
        """Let what a token waits for happen: a timer that is due, a message (its payload becomes variables), a signal.

        Raises:
            NoSubscription: the token is gone, or no longer waits for this.

        """
        raise NotImplementedError

    def throw_error(self, task_id: str, code: str, message: str | None = None) -> None:
        """Let an open task or job end in a BPMN error, caught by the nearest boundary event or event subprocess.

        Raises:
            TaskNotFound: no such task is open.
            UncaughtError: nothing in the diagram catches the code.

        """
        raise NotImplementedError

    def cancel(self) -> None:
        """End the case here and now, taking every open token away."""
        raise NotImplementedError

    def waits(self) -> list[Wait]:
        """Everything the case waits for, oldest token first."""
        raise NotImplementedError

    @property
    def completed(self) -> bool:
        """Say whether the case has ended."""
        raise NotImplementedError

    @property
    def outcome(self) -> Element | None:
        """The end event at which the case ended; while it runs, the last one reached."""
        raise NotImplementedError

    def save(self) -> bytes:
        """Give the state of the tokens, without the variables of the process scope."""
        raise NotImplementedError

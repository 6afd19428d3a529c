"""Refusals about messages and letters, and about steps that stopped."""

from __future__ import annotations

from desk.errors.refusal import DeskRefusal


class UnusableMessage(DeskRefusal):
    """A message of a designer cannot be sent; ``problem`` says in Italian why."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(name, problem)
        self.name = name
        self.problem = problem


class Undeliverable(DeskRefusal):
    """The address is none that mail can be sent to; ``message`` names what was to be sent."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class MailNotFound(DeskRefusal):
    """No message of the outbox has this id, or it has gone already."""

    def __init__(self, mail_id: str) -> None:
        super().__init__(mail_id)
        self.mail_id = mail_id


class LetterNotFound(DeskRefusal):
    """The process brings no letter with this name."""

    def __init__(self, letter: str) -> None:
        super().__init__(letter)
        self.letter = letter


class LetterFailed(DeskRefusal):
    """A letter's template has a mistake: in which file, at which line where one is known, and what is wrong."""

    def __init__(self, letter: str, line: int | None, problem: str) -> None:
        super().__init__(letter, line, problem)
        self.letter = letter
        self.line = line
        self.problem = problem


class StepNotFound(DeskRefusal):
    """No step that stopped has this id, or it goes on already."""

    def __init__(self, step_id: str) -> None:
        super().__init__(step_id)
        self.step_id = step_id

"""What this language raises: one exception, and one signal that never leaves the package."""

from __future__ import annotations


class FeelError(Exception):
    """An expression that cannot be read, or that asks for more than its budget.

    ``message`` is an Italian sentence for the person who wrote the expression; ``line`` and ``column`` start from 1
    and are 0 where the fault has no place in the text (a budget that ran out).
    """

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column

    def __str__(self) -> str:
        if not self.line:
            return self.message
        return f"riga {self.line}, colonna {self.column}: {self.message}"


class BudgetExceeded(FeelError):
    """The expression was stopped because it took too many steps, too much depth, memory or time."""


class NullResult(Exception):
    """An operation whose result is null; its text becomes the warning (DMN 1.5, section 10.3.2.1)."""

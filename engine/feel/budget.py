"""How much one evaluation may use, and the meter that counts it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.feel.clock import working_time
from engine.feel.errors import BudgetExceeded

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Characters an expression's text may have; reading longer ones would alone use up the time.
TEXT_LIMIT = 10_000
#: Levels of brackets, calls and clauses an expression's text may nest.
NESTING_LIMIT = 80
#: Dots, filters and calls that may follow one another.
POSTFIX_LIMIT = 100
#: Characters a name of several words may have.
NAME_LIMIT = 200
#: Names of several words that a context may have.
NAMES_LIMIT = 2_000
#: Entries of a context, at all its levels, that are looked through for such names.
ENTRIES_LIMIT = 20_000
#: Characters a function may look at for one step.
CHARACTERS_A_STEP = 1_000
#: Steps between two looks at the clock.
CLOCK_STRIDE = 16


@dataclass(frozen=True)
class Budget:
    """The limits of one evaluation.

    ``steps`` counts loop turns, calls and list items walked; ``depth`` counts calls inside calls and lists inside
    lists; ``size`` is characters plus list items produced, and the longest text accepted from outside; ``seconds``
    is the processor time of the thread's own work, so that neither a busy machine nor a collection of garbage refuses
    what would run elsewhere.
    """

    steps: int = 200_000
    depth: int = 90
    size: int = 1_000_000
    seconds: float = 0.1


DEFAULT = Budget()
#: Seconds of processor time that one evaluation has beside its own for functions of the host, which may ask a database.
HOST_SECONDS = 0.5
#: Seconds of processor time that the expressions of one page or of one transition share.
SHARED_SECONDS = 2.0


class Allowance:
    """Processor time that many evaluations share, so that a thousand that are nearly too long end as one would.

    Each runs in a ``with`` that gives its budget. What is done between them does not count.
    """

    def __init__(self, seconds: float = SHARED_SECONDS) -> None:
        self._left = seconds
        self._started = 0.0

    def __enter__(self) -> Budget:
        """Return what one evaluation may use; BudgetExceeded where nothing is left."""
        if self._left <= 0:
            raise BudgetExceeded("Le espressioni insieme richiedono troppo tempo e sono state fermate.")
        self._started = working_time()
        return DEFAULT if self._left > DEFAULT.seconds else replace(DEFAULT, seconds=self._left)

    def __exit__(self, *_: object) -> None:
        self._left -= working_time() - self._started


class Meter:
    """Counts what an evaluation has used and stops it with BudgetExceeded."""

    __slots__ = ("budget", "deadline", "depth", "host_left", "next_look", "produced", "steps")

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.steps = 0
        self.depth = 0
        self.produced = 0
        self.next_look = CLOCK_STRIDE
        self.deadline: float | None = None
        self.host_left = HOST_SECONDS

    def step(self, count: int = 1) -> None:
        self.steps += count
        if self.steps >= self.next_look:
            self._look()

    def _look(self) -> None:
        if self.steps > self.budget.steps:
            raise BudgetExceeded("L’espressione richiede troppi passaggi ed è stata fermata.")
        if self.seconds_left() <= 0:
            raise BudgetExceeded("L’espressione richiede troppo tempo ed è stata fermata.")
        self.next_look = min(self.steps + CLOCK_STRIDE, self.budget.steps + 1)

    def seconds_left(self) -> float:
        """Return the seconds that remain, counted from the first look at the clock: short runs never look."""
        now = working_time()
        if self.deadline is None:
            self.deadline = now + self.budget.seconds
        return self.deadline - now

    def pardon(self, seconds: float) -> None:
        """Leave out the time that a function of the host took, while there is some left for these."""
        seconds = min(seconds, self.host_left)
        self.host_left -= seconds
        if self.deadline is not None:
            self.deadline += seconds

    def read(self, arguments: Iterable[object]) -> None:
        """Count the long texts among a function's arguments as the time it takes to look through them."""
        for argument in arguments:
            if type(argument) is str and len(argument) > CHARACTERS_A_STEP:
                self.step(len(argument) // CHARACTERS_A_STEP)

    def walk(self, value: object) -> None:
        """Count what is in a list or a context, at all its levels: a value that holds itself twice is soon immense."""
        inner = value if type(value) is list else value.values() if type(value) is dict else ()
        if not inner:
            return
        self.enter()
        self.step(len(inner))
        for item in inner:
            if type(item) in (list, dict):
                self.walk(item)
        self.leave()

    def grow(self, size: int) -> None:
        """Count characters or items about to be produced."""
        self.produced += size
        if self.produced > self.budget.size:
            raise BudgetExceeded("L’espressione produce un risultato troppo grande ed è stata fermata.")

    def fits(self, size: int) -> None:
        """Refuse a single value from outside that is larger than the whole budget."""
        if size > self.budget.size:
            raise BudgetExceeded("Un valore usato dall’espressione è troppo grande.")

    def enter(self) -> None:
        self.depth += 1
        if self.depth > self.budget.depth:
            raise BudgetExceeded("L’espressione è annidata troppo in profondità.")

    def leave(self) -> None:
        self.depth -= 1

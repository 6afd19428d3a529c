"""What a template draws: plain values, already worked out, in the order of the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from engine.forms.component import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.problems import FieldError


Turn = Literal["done", "left", "here", "ahead"]
"""``left``: passed by, with something still to answer or to correct."""


@dataclass(frozen=True)
class Choice:
    """One option: ``token`` is its value on the page, ``extra`` what else its list says of it."""

    token: str
    label: str
    chosen: bool
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """One component on the page. ``typed`` goes into its control, ``words`` are for reading.

    ``facts`` holds what only its kind knows: ``subtype``, ``prefix``, ``suffix``, ``max_length``, ``checker``,
    ``searchable``, ``look`` (``pulsanti``: the choices not taken are buttons; ``agenda``: they are times of a week),
    ``most`` (how many may be chosen), ``markdown``, ``tone``, ``source``, ``alt``,
    ``size`` (of a space, 1 to 6), ``outline``, ``entry`` (a row's name),
    ``fixed`` (rows cannot change), ``full`` (no row more).
    ``span`` is how many of 16 columns it takes. ``fingerprint`` changes when anything but the answer does.
    """

    kind: str
    id: str
    name: str
    label: str = ""
    help: str = ""
    readonly: bool = False
    required: bool = False
    typed: object = ""
    words: str = ""
    choices: tuple[Choice, ...] = ()
    errors: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    lines: tuple[tuple[Item, ...], ...] = ()
    entries: tuple[tuple[tuple[Item, ...], ...], ...] = ()
    span: int = COLUMNS
    form: str = ""
    fingerprint: str = ""

    @property
    def anchor(self) -> str:
        """The id of the control that a link in the error summary goes to; two forms may share a page."""
        return f"{self.form}-{self.name or self.id}"

    def inside(self) -> Iterable[Item]:
        """Yield the item and everything it holds."""
        yield self
        for line in (*self.lines, *(line for entry in self.entries for line in entry)):
            for item in line:
                yield from item.inside()


@dataclass(frozen=True)
class FormStep:
    """One page of a stepped form."""

    id: str
    title: str
    turn: Turn


@dataclass(frozen=True)
class Answer:
    """A question and its answer, to be read again; ``rows`` are the entries of a list.

    ``given`` is false where nobody answered: ``words`` then say so.
    """

    label: str
    words: str
    rows: tuple[tuple[Answer, ...], ...] = ()
    given: bool = True


@dataclass(frozen=True)
class Section:
    """The answers of one step, or of the whole form when it has no steps (``step`` is then empty)."""

    step: str
    title: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class FormView:
    """A form, or one step of it, ready to be drawn."""

    id: str
    lines: tuple[tuple[Item, ...], ...] = ()
    errors: tuple[FieldError, ...] = ()
    steps: tuple[FormStep, ...] = ()
    recap: tuple[Section, ...] = ()
    reactive: bool = False
    submit: str = ""

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything on the page, in document order."""
        return tuple(found for line in self.lines for item in line for found in item.inside())

    @property
    def asks(self) -> bool:
        """Say whether something on the page must be answered."""
        return any(item.required for item in self.items)

    @property
    def step(self) -> FormStep | None:
        """The step on the page."""
        return next((step for step in self.steps if step.turn == "here"), None)

    @property
    def number(self) -> int:
        """The step's place, from 1; 0 when the form has no steps."""
        return self.steps.index(self.step) + 1 if self.step else 0

    @property
    def previous(self) -> str | None:
        """The id of the step before this one."""
        return self.steps[self.number - 2].id if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """The id of the step after this one; ``None`` on the last page."""
        return self.steps[self.number].id if 0 < self.number < len(self.steps) else None

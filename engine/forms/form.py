"""A form: what it asks, what it takes for an answer, what it looks like now."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from engine.errors import InvalidAnswers
from engine.forms import submission
from engine.forms.beginning import Beginning
from engine.forms.component import RECAP, Component
from engine.forms.drawing import Drawing, reacts, sections
from engine.forms.expressions import Functions, Situation
from engine.forms.filling import FilledComponent, fill
from engine.forms.names import misfits, nest_of
from engine.forms.validation import Check
from engine.forms.view import FormStep, FormView, Section, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from engine.forms.submission import Answers, Posted
    from engine.problems import FieldError

RECAP_TITLE = "Riepilogo e invio"
_NEVER = datetime.min.replace(tzinfo=UTC)  # writing a stored value back asks for no clock


@dataclass(frozen=True)
class Form:
    """Loaded once per deployment and shared: it never changes.

    ``step`` narrows what is parsed, validated and drawn to one step (``at``); conditions still see the whole form.
    """

    id: str
    components: tuple[Component, ...]
    submit: str = ""
    step: str | None = None
    functions: Functions = field(default_factory=dict)

    @property
    def steps(self) -> tuple[Component, ...]:
        """The groups that are steps, in order; empty for a form of one page. Some may be left out by a condition."""
        return tuple(component for component in self.components if component.is_step)

    @property
    def keys(self) -> frozenset[str]:
        """The names under which the answers reach the case."""
        return frozenset(nest_of(self.components).names)

    def at(self, step: str | None) -> Form:
        """Narrow the form to one step, by its component id, or to the recap; else to its first step."""
        steps = [*(component.id for component in self.steps), RECAP]
        return replace(self, step=step if step in steps else steps[0]) if self.steps else self

    def using(self, functions: Functions) -> Form:
        """Return the form with more FEEL functions, such as those of the desk's calendar."""
        return replace(self, functions=functions)

    def parse(self, posted: Posted) -> Answers:
        """Read a posted page: JSON answers, exactly as typed; names the form does not have come along to be refused."""
        return submission.parse(self._mine(self.components), posted)

    def initial(self, variables: Mapping[str, object]) -> Answers:
        """Return what a form nobody has filled in yet holds: the case's variables, then the defaults."""
        return Beginning(Situation(variables, frozenset(), _NEVER, self.functions)).answers(self.components, variables)

    def with_row(self, answers: Mapping[str, object], name: str) -> Answers:
        """Return the answers with an empty row more in the list of this name on the page."""
        found = submission.list_at(self.components, name)
        if found is None:
            return dict(answers)
        path, component = found
        begun = Beginning(Situation({}, frozenset(), _NEVER, self.functions)).answers(component.children, {})
        return submission.with_row(answers, path, begun)

    def without_row(self, answers: Mapping[str, object], name: str) -> Answers:
        """Return the answers without the row of this name on the page (``divulgazioni-0``)."""
        listed, _, place = name.rpartition("-")
        found = submission.list_at(self.components, listed)
        if found is None or not place.isdigit():
            return dict(answers)
        return submission.without_row(answers, found[0], int(place))

    def validate(
        self,
        answers: Mapping[str, object],
        *,
        variables: Mapping[str, object],
        roles: Iterable[str],
        now: datetime,
        functions: Functions | None = None,
    ) -> dict[str, Any]:
        """Return the clean answers: only the form's own names, in their JSON types.

        What a condition leaves out is dropped unread; what is read-only comes from ``variables``; what the roles may
        not see is neither read nor lost. Raises ``InvalidAnswers`` with the errors in page order, ``ExpressionFailed``.
        """
        situation = Situation(variables, frozenset(roles), now, self.functions if functions is None else functions)
        check = Check(situation)
        clean = check.clean(self._mine(fill(self.components, answers, situation)))
        errors = [*misfits(nest_of(self.components), answers), *check.errors]
        if errors:
            raise InvalidAnswers(errors, answers)
        return clean

    def view(
        self,
        answers: Mapping[str, object] | None,
        *,
        variables: Mapping[str, object],
        roles: Iterable[str],
        now: datetime,
        errors: Sequence[FieldError] = (),
    ) -> FormView:
        """Return what to draw: these answers as typed, and where there are none the case's variables and the defaults.

        Raises ``ExpressionFailed``.
        """
        situation = Situation(variables, frozenset(roles), now, self.functions)
        begun = submission.merged(Beginning(situation).answers(self.components, variables), answers or {})
        nodes = fill(self.components, begun, situation)
        drawing = Drawing(situation, self.id, errors)
        mine = self._mine(nodes)
        return FormView(
            self.id,
            drawing.lines(_unwrapped(mine) if self.step else mine),
            tuple(errors),
            self._steps(nodes, drawing),
            self._sections(nodes, drawing) if self.step == RECAP else (),
            reacts(mine),
            self._submit(nodes),
        )

    def recap(
        self, answers: Mapping[str, object], *, variables: Mapping[str, object], roles: Iterable[str], now: datetime
    ) -> tuple[Section, ...]:
        """Return the answers to be read again, step by step; what a condition leaves out is left out."""
        situation = Situation(variables, frozenset(roles), now, self.functions)
        return self._sections(fill(self.components, answers, situation), Drawing(situation))

    def step_of(self, error: FieldError) -> str | None:
        """Return the step that asks for the answer an error speaks of, to send a person back to it."""
        name, _, _ = error.path.partition("-")
        return next((step.id for step in self.steps if name in nest_of((step,)).names), None)

    def _steps(self, nodes: Sequence[FilledComponent], drawing: Drawing) -> tuple[FormStep, ...]:
        shown = [node for node in nodes if node.component.is_step and node.present]
        if not shown:
            return ()
        titles = [(node.component.id, _title(node, drawing)) for node in shown] + [(RECAP, RECAP_TITLE)]
        here = next((place for place, (step, _) in enumerate(titles) if step == self.step), len(titles))
        left = {node.component.id for node in shown[:here] if Check(drawing.situation).refuses(node)}
        return tuple(
            FormStep(step, title, "left" if step in left else _turn(place, here))
            for place, (step, title) in enumerate(titles)
        )

    def _submit(self, nodes: Sequence[FilledComponent]) -> str:
        """Return the words of the first button that no condition leaves out."""
        buttons = (node for top in nodes for node in top.walk() if node.shape == "button" and node.present)
        return next((node.component.label for node in buttons), self.submit)

    def _sections(self, nodes: Sequence[FilledComponent], drawing: Drawing) -> tuple[Section, ...]:
        if not self.steps:
            return sections([("", "", nodes)], drawing)
        shown = [node for node in nodes if node.component.is_step and node.present]
        return sections([(node.component.id, _title(node, drawing), [node]) for node in shown], drawing)

    def _mine(self, parts: Sequence[Part]) -> Sequence[Part]:
        """Leave out the other steps; what stands outside all steps belongs to each of them but the recap."""
        if self.step is None:
            return parts
        return [part for part in parts if _component(part).id == self.step or self._shared(_component(part))]

    def _shared(self, component: Component) -> bool:
        return not component.is_step and self.step != RECAP


Part = TypeVar("Part", Component, FilledComponent)


def _component(part: Component | FilledComponent) -> Component:
    return part.component if isinstance(part, FilledComponent) else part


def _unwrapped(nodes: Sequence[FilledComponent]) -> list[FilledComponent]:
    """Take a step out of its group: its title is the page's."""
    return [child for node in nodes for child in (node.children if node.component.is_step else (node,))]


def _title(node: FilledComponent, drawing: Drawing) -> str:
    return node.component.short_label or drawing.words(node, node.component.label)


def _turn(place: int, here: int) -> Turn:
    if place == here:
        return "here"
    return "done" if place < here else "ahead"

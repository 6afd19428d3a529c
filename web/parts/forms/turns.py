"""Read what a person asked for when they sent a form: one of a few verbs, and everything answered so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from engine.forms import RECAP, merged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.forms import Answers, Form, Posted

Verb = Literal["next", "complete", "save", "refresh", "go"]
"""``next`` checks the step and goes on, ``complete`` checks everything and sends it, ``save`` keeps the draft only,
``refresh`` draws the page again as typed (rows changed, conditions worked out), ``go`` keeps the draft and opens the
step ``target``."""

ACTION, STEP, TOKEN = "_azione", "_passo", "csrf_token"

_VERBS: dict[str, Verb] = {
    "avanti": "next",
    "completa": "complete",
    "salva": "save",
    "aggiorna": "refresh",
    "aggiungi": "refresh",
    "togli": "refresh",
    "scegli": "refresh",
    "passo": "go",
}


@dataclass(frozen=True)
class FormTurn:
    """``form`` is narrowed to the step that was on the page; ``answers`` are all so far, exactly as typed."""

    verb: Verb
    target: str
    form: Form
    answers: Answers

    @property
    def draft(self) -> Answers:
        """What is worth keeping: the answers to the form's own questions."""
        return {name: value for name, value in self.answers.items() if name in self.form.keys}


def turn(form: Form, posted: Posted, draft: Mapping[str, object] | None = None) -> FormTurn:
    """Read a post over the answers kept before; rows asked for are already added or gone."""
    step = _one(posted, STEP)
    here = form.at(step) if step else form
    word, _, target = _one(posted, ACTION).partition(":")
    answers = merged(draft or {}, here.parse(_Fields(posted, target if word == "scegli" else "")))
    if word == "aggiungi":
        answers = here.with_row(answers, target)
    elif word == "togli":
        answers = here.without_row(answers, target)
    return FormTurn(_VERBS.get(word) or _usual(here), target, here, answers)


def is_sent_whole(posted: Posted) -> bool:
    """Say whether the button pressed sends the whole form, before the form is known."""
    return _VERBS.get(_one(posted, ACTION).partition(":")[0]) == "complete"


def _usual(form: Form) -> Verb:
    """Return what the return key means in a field: the page's main button."""
    return "next" if form.step not in (None, RECAP) else "complete"


def _one(posted: Posted, name: str) -> str:
    values = posted.getlist(name)
    return values[-1] if values else ""


class _Fields:
    """A post without the page's own fields: the token against forged requests, and all that begins with ``_``.

    ``chosen`` («name:token») is a choice that stands on the button pressed; it takes the place of the one in its field.
    """

    def __init__(self, posted: Posted, chosen: str = "") -> None:
        self._posted = posted
        self._name, _, self._token = chosen.partition(":")

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._posted if name != TOKEN and not name.startswith("_"))

    def __contains__(self, name: object) -> bool:
        return name in self._posted

    def getlist(self, name: str) -> list[str]:
        return [self._token] if name == self._name else self._posted.getlist(name)

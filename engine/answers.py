"""Accept what comes in from outside to become variables: answers to forms, and what programs give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from engine.errors import InvalidAnswers
from engine.problems import FieldError

if TYPE_CHECKING:
    from engine.case import LiveCase
    from engine.identity import Actor
    from engine.store import UnitOfWork

COMPLETED_BY = "completed_by"
"""Variable that holds, by user task, who completed it last: a diagram gives a later task to the same person by
``camunda:assignee="=completed_by.analizza"``."""


@dataclass(frozen=True)
class AskedForm:
    """What a person answers: a form, where there is one, and the token that waits for it."""

    form_key: str | None
    token: str


def accepted(
    uow: UnitOfWork, case: LiveCase, asked: AskedForm, actor: Actor, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Keep what the form lets through; without one any JSON object is taken, less what only the engine says.

    Raises:
        InvalidAnswers: the form refuses them, or they are no JSON object.

    """
    if asked.form_key is None:
        return {name: value for name, value in json_object(answers).items() if name != COMPLETED_BY}
    return case.definition.forms[asked.form_key].validate(
        answers,
        variables=case.process.variables_of(asked.token),
        roles=actor.groups,
        now=uow.now,
        functions=uow.functions(case.scope),
    )


def json_object(given: Any) -> dict[str, Any]:
    """Read what a program gives as one JSON object.

    Raises:
        InvalidAnswers: it is none, or holds something that JSON cannot say.

    """
    try:
        if isinstance(given, Mapping):
            return dict(orjson.loads(orjson.dumps(dict(given))))
    except (TypeError, ValueError, RecursionError):
        pass
    raise InvalidAnswers([FieldError("", "", "Le risposte devono essere un oggetto JSON.")], given)

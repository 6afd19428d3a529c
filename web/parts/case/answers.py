"""Tell what was answered in a case, step by step, in the words of the forms that asked."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.civil_time import ROME
from engine.history import EventType
from web.words.dates import moment_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.definitions import Definition
    from engine.forms import Answer, Form, Section
    from engine.identity import Actor
    from engine.instances import Instance
    from engine.store import Event, UnitOfWork

CIVIL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
"""A time as the process keeps it."""
ANSWERING = (EventType.TASK_COMPLETED, EventType.MESSAGE_RECEIVED)


@dataclass(frozen=True)
class Answered:
    """One step: who answered it last and when, and what they said."""

    element_id: str
    nome: str
    user: str
    at: datetime
    sezioni: tuple[Section, ...]
    #: How many times the step was done: a loop comes back to it.
    volte: int


def answered_steps(
    uow: UnitOfWork, definition: Definition, instance: Instance, history: Sequence[Event], actor: Actor
) -> list[Answered]:
    """Tell the answered steps, the latest first; of a step done more than once, its latest answers.

    The form decides, by the roles the actor acts in, which answers they may read.
    """
    latest: dict[str, Event] = {}
    times: dict[str, int] = {}
    for event in history:
        if event.type in ANSWERING and event.element_id:
            latest.pop(event.element_id, None)
            latest[event.element_id] = event
            times[event.element_id] = times.get(event.element_id, 0) + 1
    found = []
    for element_id, event in reversed(latest.items()):
        form = _form(definition, element_id)
        if form is not None:
            known = form.using(uow.functions(instance.scope))
            sections = known.recap(_answers(event), variables=instance.variables, roles=actor.groups, now=uow.now)
            name = event.name or definition.model.elements[element_id].name
            found.append(Answered(element_id, name, event.actor, event.at, answered(sections), times[element_id]))
    return found


def _form(definition: Definition, element_id: str) -> Form | None:
    element = definition.model.elements.get(element_id)
    if element is None:
        return None
    return definition.forms.get(element.form_key or "")


def _answers(event: Event) -> Mapping[str, Any]:
    found: Mapping[str, Any] = event.facts.get("answers") or event.facts.get("payload") or {}
    return found


def answered(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Leave out the questions nobody answered, and the sections where they were all there was."""
    kept = (replace(section, answers=_kept(section.answers)) for section in sections)
    return tuple(section for section in kept if section.answers)


def _kept(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Keep what was answered, and of a list the rows where something was."""
    cut = (
        replace(each, words=_told(each.words), rows=tuple(row for row in map(_kept, each.rows) if row))
        for each in answers
    )
    return tuple(each for each in cut if each.rows or (each.given and each.words))


def _told(words: str) -> str:
    """Say a time that is no longer among the options of its question, and so stands as the process keeps it."""
    if CIVIL.fullmatch(words):
        with suppress(ValueError):
            return moment_words(datetime.fromisoformat(words).replace(tzinfo=ROME))
    return words

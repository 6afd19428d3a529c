"""A user task as its readers see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine import candidates
from engine.properties import ASSIGNERS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from engine.bpmn import Element
    from engine.identity import Actor


@dataclass(frozen=True)
class UserTask:
    """Work that waits, or has waited, for a person."""

    id: str
    case_id: str
    business_key: str | None
    scope: str | None
    element_id: str
    name: str
    form_key: str | None
    #: Groups and users in their canonical spelling.
    candidates: str
    #: The groups in one of which whoever has it must act, in the same spelling.
    roles: str
    assignee: str | None
    #: ``created``, ``completed`` or ``canceled``.
    state: str
    created_at: datetime
    due_at: datetime | None
    #: ``due_at``, or the end of time: its place in a list.
    sort_at: datetime
    follow_up_at: datetime | None
    #: 0 lowest, 50 ordinary, 100 highest.
    priority: int
    ended_at: datetime | None
    ended_by: str | None

    @property
    def candidate_groups(self) -> tuple[str, ...]:
        return candidates.groups(self.candidates)

    @property
    def candidate_users(self) -> tuple[str, ...]:
        """Those whom the diagram names one by one, beside its groups."""
        return candidates.people(self.candidates)

    def has_candidate(self, actor: Actor) -> bool:
        """Say whether the actor, by name or by a group, is a candidate."""
        return candidates.includes(self.candidates, actor)

    def is_visible_to(self, actor: Actor) -> bool:
        """Say whether the actor has to do with it: as a candidate, as its assignee, or as who completed it.

        Having it is no right by itself: the case must lie in the actor's reach, and the actor act in its roles.
        """
        if not actor.reaches(self.scope) or not candidates.acts_in(self.roles, actor):
            return False
        return actor.user in (self.assignee, self.ended_by) or self.has_candidate(actor)


def assigners(element: Element) -> frozenset[str]:
    """Read the groups that a diagram lets assign a user task."""
    return ASSIGNERS.all_of(element.properties)


def from_row(row: Any) -> UserTask:
    """Read a task from a row that has the columns of ``user_task``, other tables' beside them or not."""
    return from_columns(row._mapping)  # noqa: SLF001  # SQLAlchemy's public, underscored name


def from_columns(columns: Mapping[str, Any]) -> UserTask:
    """Read a task from its columns by name."""
    values = {name: columns[name] for name in _SAME}
    return UserTask(case_id=columns["instance_id"], **values)


_SAME = [name for name in UserTask.__dataclass_fields__ if name != "case_id"]

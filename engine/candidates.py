"""Spell and find who may take a task, as one indexed column: the set of candidates in a canonical spelling.

A task row carries its set; the table ``candidate`` says which groups and people belong to which set. There are only as
many sets as diagrams name, times the people whom an expression may give, and each person belongs to a handful of them:
a list of tasks asks for those and walks one index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select

from engine.model.conflicts import insert_into
from engine.model.tables import candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Select

    from engine.identity import Actor
    from engine.store import UnitOfWork

PERSON = "user:"
NOBODY = "[]"
"""How a set is spelled that names none."""


def spelling(detail: Mapping[str, Any]) -> str:
    """Spell the candidates of a user task: its groups, and its users marked as such."""
    people = (PERSON + user for user in detail.get("candidate_users") or ())
    return orjson.dumps(sorted({*(detail.get("candidate_groups") or ()), *people})).decode()


def roles(detail: Mapping[str, Any], lane: str | None) -> str:
    """Spell the groups in one of which whoever has a user task must act: its candidates' and that of its lane."""
    return orjson.dumps(sorted({*(detail.get("candidate_groups") or ()), *([lane] if lane else [])})).decode()


def members(spelled: str) -> list[str]:
    """Read a spelled set back."""
    found: list[str] = orjson.loads(spelled)
    return found


def groups(spelled: str) -> tuple[str, ...]:
    """Only the groups of a spelled set."""
    return tuple(member for member in members(spelled) if not member.startswith(PERSON))


def people(spelled: str) -> tuple[str, ...]:
    """Only the user names of a spelled set."""
    return tuple(member.removeprefix(PERSON) for member in members(spelled) if member.startswith(PERSON))


def includes(spelled: str, actor: Actor) -> bool:
    """Say whether the actor, by name or by a group, is a candidate."""
    return not _memberships(actor).isdisjoint(members(spelled))


def acts_in(spelled: str, actor: Actor) -> bool:
    """Say whether the actor acts in one of the groups of a set; where it names none, everybody does."""
    named = members(spelled)
    return not named or not actor.groups.isdisjoint(named)


def sets_of(actor: Actor) -> Select[Any]:
    """Select the spelled sets that the actor belongs to."""
    return _sets_with(_memberships(actor)).distinct()


def role_sets_of(actor: Actor) -> Select[Any]:
    """Select the spelled sets of groups in which the actor acts."""
    return _sets_with(actor.groups)


def _sets_with(names: Iterable[str]) -> Select[Any]:
    return select(candidate.c.candidates).where(candidate.c.member.in_(sorted(names)))


def remember(uow: UnitOfWork, spelled: Iterable[str]) -> None:
    """Write who belongs to the sets that no task had before; a set is written once in a database's life."""
    known: set[str] = uow.store.parsed.setdefault("candidate sets", set())
    rows = [{"candidates": one, "member": member} for one in set(spelled) - known for member in members(one)]
    if rows:
        unknown = insert_into(candidate, uow.connection.dialect.name).on_conflict_do_nothing()
        uow.connection.execute(unknown, rows)
    # A set counts as known only from the next transaction that sees it: this one may still be rolled back.
    uow.after_commit(lambda: known.update(spelled))


def _memberships(actor: Actor) -> set[str]:
    return {*actor.groups, PERSON + actor.user}

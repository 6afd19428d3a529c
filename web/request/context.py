"""Hold what a request works with: the store, the settings, the time, and who is asking in which role."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from flask import current_app, g, session

from desk import people
from desk.access import Role
from desk.errors import UserNotFound
from web.request.acting_role import acting_words

if TYPE_CHECKING:
    from datetime import datetime

    from desk import Facilities
    from engine.identity import Actor
    from engine.store import Store, UnitOfWork
    from web.settings import Settings

PROGRAM = "sportello"


@dataclass(frozen=True)
class Program:
    """The parts that ``app.py`` wired together."""

    store: Store
    settings: Settings
    facilities: Facilities


def program() -> Program:
    return cast("Program", current_app.extensions[PROGRAM])


def store() -> Store:
    return program().store


def settings() -> Settings:
    return program().settings


def facilities() -> Facilities:
    return program().facilities


def now() -> datetime:
    """Give one time for the whole request, so that a page does not disagree with itself."""
    if "now" not in g:
        g.now = store().clock()
    return cast("datetime", g.now)


@dataclass(frozen=True)
class Visitor:
    """A signed-in person in the role they act in: whoever has two may do no more than the acting one allows."""

    name: str
    email: str
    role: Role
    roles: tuple[Role, ...]
    actor: Actor

    @cached_property
    def words(self) -> str:
        """The role and where it holds, in words: for pages alone, what is sent to them does without."""
        with store().snapshot(now()) as uow:
            return acting_words(uow, settings().programme.firm, self.role, self.actor.scopes)


def visitor() -> Visitor | None:
    """Give the signed-in person, or nothing; a session opened before a change of password or roles is over."""
    if "visitor" not in g:
        g.visitor = _from_session()
    return cast("Visitor | None", g.visitor)


def current_visitor() -> Visitor:
    """Give the signed-in person of a page that only signed-in people reach."""
    known = visitor()
    if known is None:
        raise LookupError("this page is open to people who have not signed in")
    return known


def current_actor() -> Actor:
    return current_visitor().actor


def _from_session() -> Visitor | None:
    username, role = session.get("username"), session.get("role")
    if not username or _too_old():
        return None
    with store().snapshot() as uow:
        return _read(uow, username, role)


def _read(uow: UnitOfWork, username: str, role: str | None) -> Visitor | None:
    try:
        user = people.get(uow, username)
    except UserNotFound:
        return None
    held = people.roles(user)
    if not user.active or user.session_version != session.get("version") or role not in held:
        return None
    acting = Role(role)
    actor = people.actor(user, acting)
    return Visitor(user.name, user.email, acting, tuple(held), actor)


def _too_old() -> bool:
    """Say whether the session has been open for too long, however busy."""
    return now().timestamp() - float(session.get("since", 0)) > settings().longest_session.total_seconds()

"""Save views of lists: filters, search and order under a name, each person's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import delete, insert, select, update

from desk import people
from desk.cases import lists
from desk.errors import TooManyViews, UnfitView, UnfitViewName, ViewNameTaken, ViewNotFound
from desk.model import Case, Comune, SavedView
from desk.searching import LONGEST, in_order, searched

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement

    from engine.identity import Actor
    from engine.store import UnitOfWork

MOST = 20
"""Views of one person, of all lists together."""
LONGEST_NAME = 60
MOST_PIECES = 8
"""More than any list has filters."""
SEARCHED = "q"
"""The piece that holds the words searched for."""


@dataclass(frozen=True)
class View:
    """A list narrowed: ``place`` is the list as its page names it, ``pieces`` what it is narrowed to."""

    id: str
    place: str
    name: str
    pieces: Mapping[str, str]


def of(uow: UnitOfWork, actor: Actor) -> Sequence[View]:
    """List the actor's views of all lists, by list and by name."""
    return _where(uow, SavedView.username == actor.user)


def of_list(uow: UnitOfWork, actor: Actor, place: str) -> Sequence[View]:
    """List the actor's views of one list, by name, in one statement."""
    return _where(uow, SavedView.username == actor.user, SavedView.place == place)


def get(uow: UnitOfWork, actor: Actor, view_id: str) -> View:
    """Give a view of the actor's.

    Raises:
        ViewNotFound: there is none, or it is somebody else's.

    """
    found = _where(uow, SavedView.username == actor.user, SavedView.id == view_id)
    if not found:
        raise ViewNotFound(view_id)
    return found[0]


def save(uow: UnitOfWork, actor: Actor, place: str, name: str, pieces: Mapping[str, str]) -> View:
    """Keep a view under a name; the same view under the same name again is the one there is.

    Raises:
        UnfitViewName: the name is empty or too long.
        UnfitView: there is nothing to keep, or far too much.
        ViewNameTaken: the actor has another view of this list under this name.
        TooManyViews: the actor has as many as one may have.

    """
    kept, fit = _bounded(pieces), _fit(name)
    people.lock_person(uow, actor.user)
    mine = of(uow, actor)
    namesake = _named(mine, place, fit)
    if namesake and dict(namesake.pieces) == kept:
        return namesake
    if namesake:
        raise ViewNameTaken(fit)
    if len(mine) >= MOST:
        raise TooManyViews(MOST)
    view = View(str(uuid4()), place, fit, kept)
    row = {"id": view.id, "place": place, "name": fit, "pieces": kept}
    uow.connection.execute(insert(SavedView).values(**row, username=actor.user, created_at=uow.now))
    return view


def rename(uow: UnitOfWork, actor: Actor, view_id: str, name: str) -> View:
    """Give a view another name.

    Raises:
        UnfitViewName: the name is empty or too long.
        ViewNotFound: there is no such view of the actor's.
        ViewNameTaken: the actor has another view of this list under this name.

    """
    fit = _fit(name)
    people.lock_person(uow, actor.user)
    view = get(uow, actor, view_id)
    namesake = _named(of_list(uow, actor, view.place), view.place, fit)
    if namesake and namesake.id != view.id:
        raise ViewNameTaken(fit)
    uow.connection.execute(update(SavedView).where(SavedView.id == view.id).values(name=fit))
    return View(view.id, view.place, fit, view.pieces)


def remove(uow: UnitOfWork, actor: Actor, view_id: str) -> View | None:
    """Take a view of the actor's away; nothing when it is gone already."""
    found = _where(uow, SavedView.username == actor.user, SavedView.id == view_id)
    uow.connection.execute(delete(SavedView).where(SavedView.username == actor.user, SavedView.id == view_id))
    return found[0] if found else None


def forget_searches(uow: UnitOfWork, case_id: str) -> None:
    """Take away the views that search for this pratica and find no other: its requester’s name would outlive it.

    Called while the pratica is still there. A word of a Comune alone is nobody's name.
    """
    of_case = select(Case.search, Comune.search).join(Comune).where(Case.id == case_id)
    own, town = uow.connection.execute(of_case).one()
    for view in _where(uow):
        words = searched(view.pieces.get(SEARCHED, ""))
        if any(word in own for word in words) and all(word in own or word in town for word in words):
            others = select(Case.id).where(Case.id != case_id, *lists.mentioning(view.pieces[SEARCHED])).limit(1)
            if uow.connection.execute(others).one_or_none() is None:
                uow.connection.execute(delete(SavedView).where(SavedView.id == view.id))


def _where(uow: UnitOfWork, *conditions: ColumnElement[bool]) -> Sequence[View]:
    rows = select(SavedView.id, SavedView.place, SavedView.name, SavedView.pieces).where(*conditions)
    views = [View(*row) for row in uow.connection.execute(rows)]
    return sorted(views, key=lambda view: (view.place, *in_order(view.name)))


def _named(views: Sequence[View], place: str, name: str) -> View | None:
    """Find a view by its name, however its letters are written."""
    same = (view for view in views if view.place == place and view.name.casefold() == name.casefold())
    return next(same, None)


def _fit(name: str) -> str:
    fit = " ".join(name.split())
    if not fit or len(fit) > LONGEST_NAME or not fit.isprintable():
        raise UnfitViewName(LONGEST_NAME)
    return fit


def _bounded(pieces: Mapping[str, str]) -> dict[str, str]:
    kept = dict(sorted(pieces.items()))
    if not 0 < len(kept) <= MOST_PIECES or any(len(value) > LONGEST for value in kept.values()):
        raise UnfitView
    return kept

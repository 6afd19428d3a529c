"""Guard every view: each says itself who reaches it, and one that says nothing is reached by nobody.

Whether a person may see a particular case is not decided here but by the verbs, from the actor they are given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from flask import abort, current_app, redirect, request, url_for

from web.request.context import visitor

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

View = TypeVar("View", bound="Callable[..., ResponseReturnValue]")


@dataclass(frozen=True)
class Access:
    """``roles`` empty means every signed-in person."""

    public: bool = False
    roles: frozenset[str] = frozenset()


class SessionOver(Exception):
    """A page for signed-in people was sent something without a session."""


def for_everyone(view: View) -> View:
    """Let everybody reach a page, without signing in."""
    return _mark(view, Access(public=True))


def for_signed_in(view: View) -> View:
    """Open a page to whoever has signed in, in any role."""
    return _mark(view, Access())


def for_roles(*roles: str) -> Callable[[View], View]:
    """Open a page to people who act in one of these roles; others read that there is no such page."""

    def mark(view: View) -> View:
        return _mark(view, Access(roles=frozenset(roles)))

    return mark


def access_of(endpoint: str) -> Access | None:
    """Say who reaches an endpoint; nothing when its view does not say."""
    return getattr(current_app.view_functions[endpoint], "access", None)


def check_access() -> ResponseReturnValue | None:
    """Stop a request that may not reach its page: sign in first, or read that the page is not there."""
    access = access_of(request.endpoint) if request.endpoint else None
    if request.endpoint is None or (access is not None and access.public):
        return None
    if access is None:
        abort(404)
    known = visitor()
    if known is None:
        return _ask_to_sign_in()
    if access.roles and known.role not in access.roles:
        abort(404)
    return None


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method not in {"GET", "HEAD"}:
        raise SessionOver
    return redirect(url_for("sign_in.form", ritorno=request.full_path.rstrip("?")))


def _mark(view: View, access: Access) -> View:
    view.access = access  # type: ignore[attr-defined]  # functions take attributes, their type does not say so
    return view

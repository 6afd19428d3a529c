"""Begin the session of somebody who signs in: opened afresh each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, session

from web.request.context import now

if TYPE_CHECKING:
    from desk.access import Role
    from desk.model import User


def begin_session(user: User, role: Role | None) -> None:
    """Open a session afresh: nothing of an earlier one, not even its token, survives."""
    session.clear()
    g.pop("visitor", None)
    session.permanent = True
    session.update(
        username=user.username,
        version=user.session_version,
        role=role.value if role else None,
        since=now().timestamp(),
    )

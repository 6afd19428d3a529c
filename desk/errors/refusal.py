"""The base of all refusals of the desk, and the one that every verb may raise."""

from __future__ import annotations

from engine.errors import EngineError


class DeskRefusal(EngineError):
    """The desk refuses; nothing has changed."""


class NotAllowed(DeskRefusal):
    """The role the actor acts in does not allow this."""

    def __init__(self, user: str, permission: str) -> None:
        super().__init__(user, permission)
        self.user = user
        self.permission = permission

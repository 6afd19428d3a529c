"""Read the key that a page chooses for what it sends, so that a form sent twice does its work once."""

from __future__ import annotations

from uuid import UUID, uuid4


def new_key() -> str:
    """Choose a key for a form that is drawn for the first time."""
    return str(uuid4())


def page_key(typed: str) -> str:
    """Read the key of a form; a mangled one is as good as a new one."""
    try:
        return str(UUID(typed))
    except ValueError:
        return new_key()

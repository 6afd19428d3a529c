"""INSERT … ON CONFLICT: one clause on both databases, which SQLAlchemy keeps in a dialect of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from sqlalchemy import Table


def insert_into(table: type[Any] | Table, dialect_name: str) -> sqlite.Insert | postgresql.Insert:
    """Begin an INSERT that can go on to say what happens when the row is there already."""
    return sqlite.insert(table) if dialect_name == "sqlite" else postgresql.insert(table)

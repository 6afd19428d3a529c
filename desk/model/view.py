"""Table of saved views of lists."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.model.row import Row
from engine.model import Json


class SavedView(Row):
    """What somebody narrowed a list to, under a name of their own; nobody else reads it."""

    __tablename__ = "saved_view"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("desk_user.username", ondelete="CASCADE"))
    #: Which list it is of, as the pages name their lists.
    place: Mapped[str]
    name: Mapped[str]
    #: Filters, search and order by name.
    pieces: Mapped[dict[str, Any]] = mapped_column(Json())
    created_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("username", "place", "name"),)

"""Tables of people: accounts, the roles they hold, failed attempts to sign in."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desk.model.row import Row


class User(Row):
    """Someone who works at the desk. Requesters have no account."""

    __tablename__ = "desk_user"

    #: What ``Actor.user``, tasks and history hold.
    username: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    #: argon2id, in its own encoded form.
    password: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    #: An invented person with a known password: never in production.
    demonstration: Mapped[bool] = mapped_column(default=False)
    #: Grows when password, roles or activity change: a session opened before is over.
    session_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    grants: Mapped[list["RoleGrant"]] = relationship(
        cascade="all, delete-orphan", order_by="RoleGrant.role, RoleGrant.scope", lazy="selectin"
    )


class RoleGrant(Row):
    """A role of a person, for the cases of one Comune or everywhere (``*``)."""

    __tablename__ = "role_grant"

    username: Mapped[str] = mapped_column(ForeignKey("desk_user.username"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (Index("ix_role_grant_role_scope", "role", "scope"),)


class FailedAttempt(Row):
    """A secret that was not right: enough to slow down whoever guesses, gone after a day."""

    __tablename__ = "failed_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Digest of what the attempts are counted by, an account or an address: neither is kept in clear.
    counted_by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (Index("ix_failed_attempt_counted_by_at", "counted_by", "at"),)

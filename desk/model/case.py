"""Tables of cases: the row that lists read, and the counter of numbers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desk.model.comune import Comune
from desk.model.row import Row
from desk.states import PublicState, Turn
from engine.model import one_of


class Case(Row):
    """A pratica: what lists, the public page and permissions need to know of a process instance.

    Everything but the number and the secret is projected from the instance at each of its transitions.
    """

    __tablename__ = "pratica"

    #: The process instance's id.
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    istat: Mapped[str] = mapped_column(ForeignKey("comune.istat"))
    requester: Mapped[str | None]
    #: The non-confidential title: it never says how the idea works.
    title: Mapped[str | None]
    topic: Mapped[str | None]
    urgency: Mapped[str | None]
    #: How the requester wants to be reached.
    contact: Mapped[str | None]
    #: Where mail reaches the requester; nothing for a person without e-mail.
    email: Mapped[str | None]
    #: All that it is found by, as it is searched: number, people, codes, telephones, title.
    search: Mapped[str]
    state: Mapped[str]
    #: Whose turn it is; NULL when nobody is waited for.
    turn: Mapped[str | None]
    #: The sentence the requester reads.
    sentence: Mapped[str | None]
    #: The analyst who worked on it last.
    owner: Mapped[str | None] = mapped_column(index=True)
    opened_by: Mapped[str]
    opened_at: Mapped[datetime]
    #: When it first reached the analysts: until then only its Comune sees it.
    forwarded_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    #: Name of the end reached.
    outcome: Mapped[str | None]
    #: argon2id of the requester's secret; NULL until one is asked for.
    secret: Mapped[str | None]

    comune: Mapped[Comune] = relationship(lazy="raise")

    __table_args__ = (
        one_of("state", *PublicState),
        one_of("turn", *Turn),
        CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name="closed_after_opened"),
        Index("ix_pratica_opened_at_id", "opened_at", "id"),
        Index("ix_pratica_istat_opened_at_id", "istat", "opened_at", "id"),
        Index("ix_pratica_state_closed_at", "state", "closed_at"),
    )


class CaseCounter(Row):
    """The last number given by a Comune in a year."""

    __tablename__ = "pratica_counter"

    istat: Mapped[str] = mapped_column(ForeignKey("comune.istat"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]

"""Tables of retention: terms, legal holds, receipts of erasures and the figures that remain."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.model.row import Row
from desk.states import PublicState
from engine.model import Json, one_of


class RetentionRule(Row):
    """How long pratiche with one outcome are kept, where the programme decided otherwise than the default."""

    __tablename__ = "retention_rule"

    state: Mapped[str] = mapped_column(primary_key=True)
    months: Mapped[int]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]

    __table_args__ = (
        one_of("state", *PublicState),
        CheckConstraint("months BETWEEN 1 AND 600", name="months"),
    )


class LegalHold(Row):
    """A reason for which a pratica may not be erased, whatever its age, until somebody lifts it."""

    __tablename__ = "legal_hold"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("pratica.id"), index=True)
    reason: Mapped[str]
    placed_by: Mapped[str]
    placed_at: Mapped[datetime]
    lifted_by: Mapped[str | None]
    lifted_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name="lifted"),)


class Erasure(Row):
    """The receipt of an erasure: that it was done, by whom, why, how much went. Nothing of what went stands in it."""

    __tablename__ = "erasure"

    number: Mapped[str] = mapped_column(primary_key=True)
    istat: Mapped[str] = mapped_column(ForeignKey("comune.istat"), index=True)
    erased_at: Mapped[datetime]
    erased_by: Mapped[str]
    reason: Mapped[str]
    #: Digest of the last event of the history that went.
    history_head: Mapped[str] = mapped_column(String(64))
    #: Rows that went, by table.
    counts: Mapped[dict[str, Any]] = mapped_column(Json)

    __table_args__ = (Index("ix_erasure_erased_at", "erased_at"),)


class CaseFigures(Row):
    """What statistics need of an erased pratica: no name, no number, no day."""

    __tablename__ = "case_figures"

    id: Mapped[int] = mapped_column(primary_key=True)
    istat: Mapped[str] = mapped_column(ForeignKey("comune.istat"))
    #: First day of the month in which it was opened.
    opened_month: Mapped[date]
    topic: Mapped[str | None]
    urgency: Mapped[str | None]
    state: Mapped[str]
    outcome: Mapped[str | None]
    #: Whole days from the opening.
    days_to_forward: Mapped[int | None]
    days_to_close: Mapped[int | None]
    meetings: Mapped[int]

    __table_args__ = (Index("ix_case_figures_istat_opened_month", "istat", "opened_month"),)

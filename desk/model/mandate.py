"""Table of mandates: who may receive requests for which Comune, from when to when."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.model.row import Row
from engine.model import one_of


class Mandate(Row):
    """A Comune's charge to a person to receive requests at its desk, from one day to another."""

    __tablename__ = "mandate"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("desk_user.username"))
    istat: Mapped[str] = mapped_column(String(6), ForeignKey("comune.istat"), index=True)
    qualification: Mapped[str]
    starts_on: Mapped[date]
    #: The last day, included; nothing for a charge without an end.
    ends_on: Mapped[date | None]
    #: Nothing until the person is trained: without it they receive no requests.
    trained_on: Mapped[date | None]
    #: Who trained them.
    trained_by: Mapped[str | None]
    #: When they signed to keep confidential what they hear at the counter.
    agreement_on: Mapped[date | None]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]

    __table_args__ = (
        one_of("qualification", "funzionario", "dipendente", "amministratore", "volontario"),
        CheckConstraint("starts_on <= ends_on", name="period"),
        CheckConstraint("(trained_on IS NULL) = (trained_by IS NULL)", name="training"),
        UniqueConstraint("username", "istat", "starts_on"),
    )

"""Tables of Comuni: the office, its weekly hours, its special days."""

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desk.model.row import Row
from engine.model import one_of


class Comune(Row):
    """A Comune of the ISTAT list; what follows ``joined_on`` is filled in when it joins the programme.

    Names and postal codes are not unique in Italy: only the ISTAT code says which Comune is meant.
    """

    __tablename__ = "comune"

    istat: Mapped[str] = mapped_column(String(6), primary_key=True)
    name: Mapped[str]
    #: The name as it is searched: without case and accents.
    search: Mapped[str] = mapped_column(index=True)
    #: Land register code, as in the codice fiscale; part of case numbers.
    belfiore: Mapped[str] = mapped_column(String(4), unique=True)
    #: Unknown for the Comuni of provinces made lately.
    cap: Mapped[str | None] = mapped_column(String(5))
    #: Letters of the province: TO.
    province: Mapped[str] = mapped_column(String(2), index=True)
    region: Mapped[str]
    #: The day an import found it no longer in the list: merged into another, or renumbered.
    suppressed_on: Mapped[date | None]

    joined_on: Mapped[date | None]
    #: Invented data, shown as such.
    demonstration: Mapped[bool] = mapped_column(default=False)
    address: Mapped[str | None]
    room: Mapped[str | None]
    #: How one gets to the room without stairs, in a sentence.
    accessibility: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    pec: Mapped[str | None]
    #: What the Comune says about its desk on the public page.
    presentation: Mapped[str | None]
    patron_name: Mapped[str | None]
    #: Both unknown until the Comune says when its patron is kept: custom moves the day.
    patron_month: Mapped[int | None]
    patron_day: Mapped[int | None]

    hours: Mapped[list["OpeningHours"]] = relationship(
        cascade="all, delete-orphan", order_by="OpeningHours.weekday, OpeningHours.opens"
    )
    special_days: Mapped[list["SpecialDay"]] = relationship(
        cascade="all, delete-orphan", order_by="SpecialDay.first, SpecialDay.id"
    )

    __table_args__ = (
        CheckConstraint("patron_month BETWEEN 1 AND 12", name="patron_month"),
        CheckConstraint("patron_day BETWEEN 1 AND 31", name="patron_day"),
        CheckConstraint("(patron_month IS NULL) = (patron_day IS NULL)", name="patron_date"),
    )


_joined = Comune.joined_on.is_not(None)
Index("ix_comune_joined", Comune.name, sqlite_where=_joined, postgresql_where=_joined)


class OpeningHours(Row):
    """Usual hours of a desk on one day of the week."""

    __tablename__ = "opening_hours"

    id: Mapped[int] = mapped_column(primary_key=True)
    istat: Mapped[str] = mapped_column(ForeignKey("comune.istat"), index=True)
    #: Monday is 0.
    weekday: Mapped[int]
    opens: Mapped[time]
    closes: Mapped[time]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    #: 2 is every other week, counted from ``valid_from``.
    every_weeks: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("opens < closes", name="interval"),
        CheckConstraint("every_weeks = 1 OR (every_weeks > 1 AND valid_from IS NOT NULL)", name="every_weeks"),
    )


class SpecialDay(Row):
    """A closure of some days, or an extraordinary opening of one."""

    __tablename__ = "special_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    istat: Mapped[str] = mapped_column(ForeignKey("comune.istat"), index=True)
    kind: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    #: Only for an opening.
    opens: Mapped[time | None]
    closes: Mapped[time | None]
    reason: Mapped[str]

    __table_args__ = (
        one_of("kind", "closure", "opening"),
        CheckConstraint("first <= last", name="period"),
        CheckConstraint("kind = 'closure' OR (first = last AND opens < closes)", name="opening"),
    )

"""Tables of agendas: analysts' hours, absences and days at a desk, room use, meetings and the cells they take."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.model.row import Row
from engine.model import one_of


class AnalystHours(Row):
    """Usual hours in which an analyst may be convened, on one day of the week."""

    __tablename__ = "analyst_hours"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("desk_user.username"), index=True)
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


class AnalystAbsence(Row):
    """A time in which an analyst can be given no new meeting; those already made remain."""

    __tablename__ = "analyst_absence"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("desk_user.username"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    #: For the analyst and the coordinator; it may be empty.
    reason: Mapped[str]

    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="period"),
        Index("ix_analyst_absence_username_ends_at", "username", "ends_at"),
    )


class AnalystDeskDay(Row):
    """A «giornata di sportello»: some hours of one day that an analyst spends in one Comune, for several requesters."""

    __tablename__ = "analyst_desk_day"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("desk_user.username"))
    istat: Mapped[str] = mapped_column(ForeignKey("comune.istat"))
    day: Mapped[date]
    opens: Mapped[time]
    closes: Mapped[time]

    __table_args__ = (
        CheckConstraint("opens < closes", name="interval"),
        Index("ix_analyst_desk_day_username_day", "username", "day"),
        Index("ix_analyst_desk_day_istat_day", "istat", "day"),
    )


class RoomUse(Row):
    """A time in which the room of a desk is used for something else."""

    __tablename__ = "room_use"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    istat: Mapped[str] = mapped_column(ForeignKey("comune.istat"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[str]
    recorded_by: Mapped[str]

    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="period"),
        Index("ix_room_use_istat_ends_at", "istat", "ends_at"),
    )


class Meeting(Row):
    """A convocation: one round of calling a requester, from the times proposed to what came of it.

    Projected from the process instance at its transitions, as the pratica is.
    """

    __tablename__ = "convocation"

    #: What calendar programs know the meeting by; it never changes.
    uid: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("pratica.id"))
    #: 1, and one more each time that a meeting had an outcome and another is called.
    round: Mapped[int]
    state: Mapped[str]
    #: User name of the analyst; NULL when the diagram names none.
    analyst: Mapped[str | None] = mapped_column(index=True)
    istat: Mapped[str] = mapped_column(ForeignKey("comune.istat"), index=True)
    #: False for a meeting at a distance: the room of the Comune stays free.
    in_person: Mapped[bool]
    minutes: Mapped[int]
    #: The time last fixed; it remains, no longer binding, when the meeting is proposed anew or cancelled.
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    #: iCalendar SEQUENCE (RFC 5545 §3.8.7.4) of what was last fixed or cancelled.
    sequence: Mapped[int]
    #: Who answered last in a way that changed it.
    recorded_by: Mapped[str]
    changed_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("case_id", "round"),
        one_of("state", "proposta", "confermata", "spostata", "annullata", "svolta", "parziale", "assente"),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes"),
        CheckConstraint("(starts_at IS NULL) = (ends_at IS NULL)", name="fixed"),
        CheckConstraint("starts_at < ends_at", name="period"),
        CheckConstraint("starts_at IS NOT NULL OR state NOT IN ('confermata', 'spostata')", name="confirmed"),
    )


class Engagement(Row):
    """A time that a convocation takes or took: each of those proposed, or the one fixed."""

    __tablename__ = "engagement"

    convocation: Mapped[str] = mapped_column(ForeignKey("convocation.uid"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="period"),
        Index("ix_engagement_starts_at", "starts_at"),
    )


class AgendaCell(Row):
    """A quarter of an hour of a person or of a room: the primary key is what forbids to give it twice."""

    __tablename__ = "agenda_cell"

    #: ``person:<username>`` or ``room:<istat>``.
    resource: Mapped[str] = mapped_column(primary_key=True)
    #: When the quarter of an hour begins.
    instant: Mapped[datetime] = mapped_column(primary_key=True)
    convocation: Mapped[str | None] = mapped_column(ForeignKey("convocation.uid"), index=True)
    room_use: Mapped[str | None] = mapped_column(ForeignKey("room_use.id"), index=True)

    __table_args__ = (CheckConstraint("(convocation IS NULL) <> (room_use IS NULL)", name="owner"),)

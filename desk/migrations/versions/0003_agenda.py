"""Analysts' availability, rooms in use, convocations and the quarters of an hour that they take."""

import sqlalchemy as sa
from alembic import op

from engine.model import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _analyst_absence()
    _analyst_desk_day()
    _analyst_hours()
    _room_use()
    _convocation()
    _agenda_cell()
    _engagement()


def _analyst_absence() -> None:
    op.create_table(
        "analyst_absence",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_analyst_absence_period")),
        sa.ForeignKeyConstraint(["username"], ["desk_user.username"], name=op.f("fk_analyst_absence_username")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analyst_absence")),
    )
    op.create_index("ix_analyst_absence_username_ends_at", "analyst_absence", ["username", "ends_at"], unique=False)


def _analyst_desk_day() -> None:
    op.create_table(
        "analyst_desk_day",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("istat", sa.String(length=6), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.CheckConstraint("opens < closes", name=op.f("ck_analyst_desk_day_interval")),
        sa.ForeignKeyConstraint(["istat"], ["comune.istat"], name=op.f("fk_analyst_desk_day_istat")),
        sa.ForeignKeyConstraint(["username"], ["desk_user.username"], name=op.f("fk_analyst_desk_day_username")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analyst_desk_day")),
    )
    op.create_index("ix_analyst_desk_day_istat_day", "analyst_desk_day", ["istat", "day"], unique=False)
    op.create_index("ix_analyst_desk_day_username_day", "analyst_desk_day", ["username", "day"], unique=False)


def _analyst_hours() -> None:
    op.create_table(
        "analyst_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "every_weeks = 1 OR (every_weeks > 1 AND valid_from IS NOT NULL)", name=op.f("ck_analyst_hours_every_weeks")
        ),
        sa.CheckConstraint("opens < closes", name=op.f("ck_analyst_hours_interval")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_analyst_hours_weekday")),
        sa.ForeignKeyConstraint(["username"], ["desk_user.username"], name=op.f("fk_analyst_hours_username")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analyst_hours")),
    )
    op.create_index(op.f("ix_analyst_hours_username"), "analyst_hours", ["username"], unique=False)


def _room_use() -> None:
    op.create_table(
        "room_use",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("istat", sa.String(length=6), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_room_use_period")),
        sa.ForeignKeyConstraint(["istat"], ["comune.istat"], name=op.f("fk_room_use_istat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_use")),
    )
    op.create_index("ix_room_use_istat_ends_at", "room_use", ["istat", "ends_at"], unique=False)


def _convocation() -> None:
    op.create_table(
        "convocation",
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("analyst", sa.Text(), nullable=True),
        sa.Column("istat", sa.String(length=6), nullable=False),
        sa.Column("in_person", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=True),
        sa.Column("ends_at", Instant(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "starts_at IS NOT NULL OR state NOT IN ('confermata', 'spostata')", name=op.f("ck_convocation_confirmed")
        ),
        sa.CheckConstraint(
            "state IN ('proposta', 'confermata', 'spostata', 'annullata', 'svolta', 'parziale', 'assente')",
            name=op.f("ck_convocation_state"),
        ),
        sa.CheckConstraint("(starts_at IS NULL) = (ends_at IS NULL)", name=op.f("ck_convocation_fixed")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name=op.f("ck_convocation_minutes")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_convocation_period")),
        sa.ForeignKeyConstraint(["case_id"], ["pratica.id"], name=op.f("fk_convocation_case_id")),
        sa.ForeignKeyConstraint(["istat"], ["comune.istat"], name=op.f("fk_convocation_istat")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_convocation")),
        sa.UniqueConstraint("case_id", "round", name=op.f("uq_convocation_case_id_round")),
    )
    op.create_index(op.f("ix_convocation_analyst"), "convocation", ["analyst"], unique=False)
    op.create_index(op.f("ix_convocation_istat"), "convocation", ["istat"], unique=False)


def _agenda_cell() -> None:
    op.create_table(
        "agenda_cell",
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("instant", Instant(), nullable=False),
        sa.Column("convocation", sa.String(length=36), nullable=True),
        sa.Column("room_use", sa.String(length=36), nullable=True),
        sa.CheckConstraint("(convocation IS NULL) <> (room_use IS NULL)", name=op.f("ck_agenda_cell_owner")),
        sa.ForeignKeyConstraint(["convocation"], ["convocation.uid"], name=op.f("fk_agenda_cell_convocation")),
        sa.ForeignKeyConstraint(["room_use"], ["room_use.id"], name=op.f("fk_agenda_cell_room_use")),
        sa.PrimaryKeyConstraint("resource", "instant", name=op.f("pk_agenda_cell")),
    )
    op.create_index(op.f("ix_agenda_cell_convocation"), "agenda_cell", ["convocation"], unique=False)
    op.create_index(op.f("ix_agenda_cell_room_use"), "agenda_cell", ["room_use"], unique=False)


def _engagement() -> None:
    op.create_table(
        "engagement",
        sa.Column("convocation", sa.String(length=36), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_engagement_period")),
        sa.ForeignKeyConstraint(["convocation"], ["convocation.uid"], name=op.f("fk_engagement_convocation")),
        sa.PrimaryKeyConstraint("convocation", "starts_at", name=op.f("pk_engagement")),
    )
    op.create_index("ix_engagement_starts_at", "engagement", ["starts_at"], unique=False)

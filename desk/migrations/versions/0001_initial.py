"""Comuni with their hours, the people of the desk, the pratiche."""

import sqlalchemy as sa
from alembic import op

from engine.model import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _comune()
    _desk_user()
    _failed_attempt()
    _opening_hours()
    _pratica()
    _pratica_counter()
    _role_grant()
    _special_day()


def _comune() -> None:
    op.create_table(
        "comune",
        sa.Column("istat", sa.String(length=6), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("belfiore", sa.String(length=4), nullable=False),
        sa.Column("cap", sa.String(length=5), nullable=True),
        sa.Column("province", sa.String(length=2), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("suppressed_on", sa.Date(), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("room", sa.Text(), nullable=True),
        sa.Column("accessibility", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("pec", sa.Text(), nullable=True),
        sa.Column("presentation", sa.Text(), nullable=True),
        sa.Column("patron_name", sa.Text(), nullable=True),
        sa.Column("patron_month", sa.Integer(), nullable=True),
        sa.Column("patron_day", sa.Integer(), nullable=True),
        sa.CheckConstraint("(patron_month IS NULL) = (patron_day IS NULL)", name=op.f("ck_comune_patron_date")),
        sa.CheckConstraint("patron_day BETWEEN 1 AND 31", name=op.f("ck_comune_patron_day")),
        sa.CheckConstraint("patron_month BETWEEN 1 AND 12", name=op.f("ck_comune_patron_month")),
        sa.PrimaryKeyConstraint("istat", name=op.f("pk_comune")),
        sa.UniqueConstraint("belfiore", name=op.f("uq_comune_belfiore")),
    )
    op.create_index(
        "ix_comune_joined",
        "comune",
        ["name"],
        unique=False,
        sqlite_where=sa.text("joined_on IS NOT NULL"),
        postgresql_where=sa.text("joined_on IS NOT NULL"),
    )
    op.create_index(op.f("ix_comune_province"), "comune", ["province"], unique=False)
    op.create_index(op.f("ix_comune_search"), "comune", ["search"], unique=False)


def _desk_user() -> None:
    op.create_table(
        "desk_user",
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("session_version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("username", name=op.f("pk_desk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_desk_user_email")),
    )


def _failed_attempt() -> None:
    op.create_table(
        "failed_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("counted_by", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_attempt")),
    )
    op.create_index(op.f("ix_failed_attempt_at"), "failed_attempt", ["at"], unique=False)
    op.create_index("ix_failed_attempt_counted_by_at", "failed_attempt", ["counted_by", "at"], unique=False)


def _opening_hours() -> None:
    op.create_table(
        "opening_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("istat", sa.String(length=6), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "every_weeks = 1 OR (every_weeks > 1 AND valid_from IS NOT NULL)", name=op.f("ck_opening_hours_every_weeks")
        ),
        sa.CheckConstraint("opens < closes", name=op.f("ck_opening_hours_interval")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_opening_hours_weekday")),
        sa.ForeignKeyConstraint(["istat"], ["comune.istat"], name=op.f("fk_opening_hours_istat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_hours")),
    )
    op.create_index(op.f("ix_opening_hours_istat"), "opening_hours", ["istat"], unique=False)


def _pratica() -> None:
    op.create_table(
        "pratica",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("istat", sa.String(length=6), nullable=False),
        sa.Column("requester", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("urgency", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("turn", sa.Text(), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("forwarded_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('bozza', 'inviata', 'presa_in_carico', 'in_analisi', 'in_attesa_di_integrazioni', "
            "'convocazione_proposta', 'convocazione_fissata', 'in_accompagnamento', 'conclusa', 'ritirata', "
            "'non_di_competenza', 'annullata')",
            name=op.f("ck_pratica_state"),
        ),
        sa.CheckConstraint(
            "turn IN ('richiedente', 'referente', 'analista', 'coordinatore')", name=op.f("ck_pratica_turn")
        ),
        sa.CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name=op.f("ck_pratica_closed_after_opened")),
        sa.ForeignKeyConstraint(["istat"], ["comune.istat"], name=op.f("fk_pratica_istat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pratica")),
        sa.UniqueConstraint("number", name=op.f("uq_pratica_number")),
    )
    op.create_index("ix_pratica_istat_opened_at_id", "pratica", ["istat", "opened_at", "id"], unique=False)
    op.create_index("ix_pratica_opened_at_id", "pratica", ["opened_at", "id"], unique=False)
    op.create_index(op.f("ix_pratica_owner"), "pratica", ["owner"], unique=False)


def _pratica_counter() -> None:
    op.create_table(
        "pratica_counter",
        sa.Column("istat", sa.String(length=6), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["istat"], ["comune.istat"], name=op.f("fk_pratica_counter_istat")),
        sa.PrimaryKeyConstraint("istat", "year", name=op.f("pk_pratica_counter")),
    )


def _role_grant() -> None:
    op.create_table(
        "role_grant",
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["username"], ["desk_user.username"], name=op.f("fk_role_grant_username")),
        sa.PrimaryKeyConstraint("username", "role", "scope", name=op.f("pk_role_grant")),
    )
    op.create_index("ix_role_grant_role_scope", "role_grant", ["role", "scope"], unique=False)


def _special_day() -> None:
    op.create_table(
        "special_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("istat", sa.String(length=6), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=True),
        sa.Column("closes", sa.Time(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind = 'closure' OR (first = last AND opens < closes)", name=op.f("ck_special_day_opening")
        ),
        sa.CheckConstraint("kind IN ('closure', 'opening')", name=op.f("ck_special_day_kind")),
        sa.CheckConstraint("first <= last", name=op.f("ck_special_day_period")),
        sa.ForeignKeyConstraint(["istat"], ["comune.istat"], name=op.f("fk_special_day_istat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_day")),
    )
    op.create_index(op.f("ix_special_day_istat"), "special_day", ["istat"], unique=False)

"""Legal holds, erasures, and the figures that outlive a pratica."""

import sqlalchemy as sa
from alembic import op

from desk.states import PublicState
from engine.model import Instant, Json

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    states = ", ".join(f"'{state}'" for state in PublicState)
    op.create_table(
        "retention_rule",
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint(f"state IN ({states})", name=op.f("ck_retention_rule_state")),
        sa.CheckConstraint("months BETWEEN 1 AND 600", name=op.f("ck_retention_rule_months")),
        sa.PrimaryKeyConstraint("state", name=op.f("pk_retention_rule")),
    )
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.Text(), nullable=False),
        sa.Column("placed_at", Instant(), nullable=False),
        sa.Column("lifted_by", sa.Text(), nullable=True),
        sa.Column("lifted_at", Instant(), nullable=True),
        sa.CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name=op.f("ck_legal_hold_lifted")),
        sa.ForeignKeyConstraint(["case_id"], ["pratica.id"], name=op.f("fk_legal_hold_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index("ix_legal_hold_case_id", "legal_hold", ["case_id"])
    _erasures()


def _erasures() -> None:
    op.create_table(
        "erasure",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("istat", sa.String(6), nullable=False),
        sa.Column("erased_at", Instant(), nullable=False),
        sa.Column("erased_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("history_head", sa.String(64), nullable=False),
        sa.Column("counts", Json(), nullable=False),
        sa.ForeignKeyConstraint(["istat"], ["comune.istat"], name=op.f("fk_erasure_istat")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_erasure")),
    )
    op.create_index("ix_erasure_istat", "erasure", ["istat"])
    op.create_index("ix_erasure_erased_at", "erasure", ["erased_at"])
    op.create_table(
        "case_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("istat", sa.String(6), nullable=False),
        sa.Column("opened_month", sa.Date(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("urgency", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("days_to_forward", sa.Integer(), nullable=True),
        sa.Column("days_to_close", sa.Integer(), nullable=True),
        sa.Column("meetings", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["istat"], ["comune.istat"], name=op.f("fk_case_figures_istat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_figures")),
    )
    op.create_index("ix_case_figures_istat_opened_month", "case_figures", ["istat", "opened_month"])

"""Who may receive requests, and since when."""

import sqlalchemy as sa
from alembic import op

from engine.model import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("istat", sa.String(length=6), nullable=False),
        sa.Column("qualification", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("trained_by", sa.Text(), nullable=True),
        sa.Column("agreement_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "qualification IN ('funzionario', 'dipendente', 'amministratore', 'volontario')",
            name=op.f("ck_mandate_qualification"),
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_mandate_period")),
        sa.CheckConstraint("(trained_on IS NULL) = (trained_by IS NULL)", name=op.f("ck_mandate_training")),
        sa.ForeignKeyConstraint(["istat"], ["comune.istat"], name=op.f("fk_mandate_istat_comune")),
        sa.ForeignKeyConstraint(["username"], ["desk_user.username"], name=op.f("fk_mandate_username_desk_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
        sa.UniqueConstraint("username", "istat", "starts_on", name=op.f("uq_mandate_username_istat_starts_on")),
    )
    op.create_index(op.f("ix_mandate_istat"), "mandate", ["istat"], unique=False)

"""Links that open the requester's page, and what requesters think of the service."""

import sqlalchemy as sa
from alembic import op

from engine.model import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of this part."""
    op.create_table(
        "requester_link",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["pratica.id"], name=op.f("fk_requester_link_case_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_requester_link")),
    )
    op.create_index(op.f("ix_requester_link_case_id"), "requester_link", ["case_id"], unique=False)
    op.create_table(
        "service_rating",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("istat", sa.String(length=6), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("aspect", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_service_rating_stars")),
        sa.ForeignKeyConstraint(["istat"], ["comune.istat"], name=op.f("fk_service_rating_istat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_rating")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_service_rating_istat"), "service_rating", ["istat"], unique=False)
    op.create_table(
        "rating_given",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["pratica.id"], name=op.f("fk_rating_given_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_rating_given")),
    )

"""Documents of a pratica."""

import sqlalchemy as sa
from alembic import op

from engine.model import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of documents; their contents lie outside the database."""
    op.create_table(
        "document",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("from_requester", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_document_not_empty")),
        sa.ForeignKeyConstraint(["case_id"], ["pratica.id"], name=op.f("fk_document_case_id_pratica")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint(
            "case_id", "sha256", "from_requester", name=op.f("uq_document_case_id_sha256_from_requester")
        ),
        sa.UniqueConstraint("case_id", "position", name=op.f("uq_document_case_id_position")),
    )
    op.create_index(op.f("ix_document_sha256"), "document", ["sha256"])

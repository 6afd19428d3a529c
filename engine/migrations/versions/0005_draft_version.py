"""Count how often a draft was saved, so that a page drawn before the last time does not overwrite it unseen."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("draft", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))

"""The requester's e-mail address in the row of a pratica."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pratica", sa.Column("email", sa.Text(), nullable=True))

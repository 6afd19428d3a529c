"""Find what has expired, and what does not go, without reading what is done with."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_pratica_state_closed_at", "pratica", ["state", "closed_at"])
    op.create_index("ix_mail_state_created_at", "mail", ["state", "created_at"])

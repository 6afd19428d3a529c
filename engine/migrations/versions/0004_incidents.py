"""Find the jobs that stopped without reading all that ever ran."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_job_incident",
        "job",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'incident'"),
        postgresql_where=sa.text("state = 'incident'"),
    )

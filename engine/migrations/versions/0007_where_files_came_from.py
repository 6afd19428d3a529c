"""Note whether the files of a deployment came with the program or from a person.

Nothing says so of those before; a first version of a process was the program's, which publishes what it brings before
anybody can. A later one may be a person's, and is left to people.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column in place, with its CHECK; the default is for the rows that are there."""
    op.execute(
        "ALTER TABLE deployment ADD COLUMN source TEXT DEFAULT 'person' NOT NULL "
        "CONSTRAINT ck_deployment_source CHECK (source IN ('program', 'person'))"
    )
    op.execute(
        "UPDATE deployment SET source = 'program' WHERE id IN "
        "(SELECT deployment_id FROM process_definition GROUP BY deployment_id HAVING max(version) = 1)"
    )

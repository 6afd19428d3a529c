"""Links that open the requester's page, and what requesters think of the service."""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of this part."""

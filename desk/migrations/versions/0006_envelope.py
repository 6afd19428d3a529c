"""The sealed envelope: keys, contents, agreements."""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of this part."""

"""Legal holds, erasures, and the figures that outlive a pratica."""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of this part."""

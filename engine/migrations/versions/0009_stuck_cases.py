"""Let a case that stands still have a row among the jobs, for the person who sees what stopped."""

import sqlalchemy as sa
from alembic import op

from engine.model.columns import Instant, Json

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS = (
    "id, instance_id, kind, token, position, element_id, topic, due_at, state, detail, attempts, problem, settled_at"
)
KINDS = "kind IN ('timer', 'operation', 'message', 'signal', 'stuck')"
STATES = "state IN ('due', 'done', 'fired', 'canceled', 'incident')"
INDEXES = (
    ("ix_job_due", ["due_at", "id"], "state = 'due'"),
    ("ix_job_incident", ["due_at", "id"], "state = 'incident'"),
    ("ix_job_settled", ["settled_at"], "settled_at IS NOT NULL"),
)


def upgrade() -> None:
    """SQLite changes no constraint of a table: its rows move to a new one."""
    if op.get_bind().dialect.name == "sqlite":
        _make_anew()
    else:
        op.drop_constraint("ck_job_kind", "job")
        op.create_check_constraint(op.f("ck_job_kind"), "job", KINDS)


def _make_anew() -> None:
    op.create_table(
        "job_anew",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("instance_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("token", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("detail", Json(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.CheckConstraint(KINDS, name=op.f("ck_job_kind")),
        sa.CheckConstraint(STATES, name=op.f("ck_job_state")),
        sa.ForeignKeyConstraint(["instance_id"], ["process_instance.id"], name=op.f("fk_job_instance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.execute(f"INSERT INTO job_anew ({COLUMNS}) SELECT {COLUMNS} FROM job")  # noqa: S608  # two constants of this file
    op.drop_table("job")
    op.rename_table("job_anew", "job")
    op.create_index(op.f("ix_job_instance_id"), "job", ["instance_id"], unique=False)
    for name, columns, where in INDEXES:
        op.create_index(name, "job", columns, unique=False, sqlite_where=sa.text(where))

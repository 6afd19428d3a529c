"""Chain the events of each case: a digest in every row, the last one in the case."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from engine.history import linked
from engine.model.columns import Instant, Json
from engine.store.extension import Event

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MEMBERS = {"at": Instant, "type": sa.Text, "element_id": sa.Text, "name": sa.Text, "actor": sa.Text, "facts": Json}


def upgrade() -> None:
    with op.batch_alter_table("process_instance") as table:
        table.add_column(sa.Column("history_head", sa.String(64)))
    op.add_column("history_event", sa.Column("digest", sa.String(64)))
    _chain(op.get_bind())
    with op.batch_alter_table("history_event") as table:
        table.alter_column("digest", nullable=False)


def _chain(connection: sa.Connection) -> None:
    """Seal what is there already as it stands."""
    members: list[sa.ColumnClause[Any]] = [sa.column(name, kind) for name, kind in MEMBERS.items()]
    events = sa.table("history_event", sa.column("id"), sa.column("instance_id"), sa.column("digest"), *members)
    cases = sa.table("process_instance", sa.column("id"), sa.column("history_head"))
    for case_id in connection.execute(sa.select(cases.c.id)).scalars().all():
        rows = sa.select(events.c.id, *members).where(events.c.instance_id == case_id).order_by(events.c.id)
        head = None
        for row in connection.execute(rows).all():
            head = linked(case_id, head, [Event(*row[1:])])[0].digest
            connection.execute(sa.update(events).where(events.c.id == row.id).values(digest=head))
        connection.execute(sa.update(cases).where(cases.c.id == case_id).values(history_head=head))

"""Find a pratica by all that the counter has of it, with any apostrophe; the rest comes with its next step."""

import sqlalchemy as sa
from alembic import op

from desk.searching import indexed, searchable

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns = ("id", "number", "requester", "title", "contact", "email", "search")
    case = sa.table("pratica", *map(sa.column, columns))
    comune = sa.table("comune", *map(sa.column, ("istat", "name", "search")))
    bind = op.get_bind()
    for row in bind.execute(sa.select(case)).all():
        found_by = indexed([row.number, row.requester, row.title, row.contact, row.email])
        bind.execute(sa.update(case).where(case.c.id == row.id).values(search=found_by))
    for row in bind.execute(sa.select(comune)).all():
        bind.execute(sa.update(comune).where(comune.c.istat == row.istat).values(search=searchable(row.name)))

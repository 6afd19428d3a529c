"""Run numbered migrations with Alembic: each schema has its own, and a version table that counts them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, MetaData

MIGRATIONS = Path(__file__).parents[1] / "migrations"
_LOCK = 7_260_041
"""Any number, the same for all: two programs that start together prepare their database one after the other."""


def one_at_a_time(connection: Connection) -> None:
    """Let no other program prepare this database until the transaction ends; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


@dataclass(frozen=True)
class Schema:
    """Tables and the numbered migrations that make them, counted in a version table of their own."""

    metadata: MetaData
    migrations: Path
    version_table: str


class Standing(Enum):
    """How the tables of a database stand to the migrations that this program brings; the worst stands first."""

    #: Some migration was run that this program does not know: a newer one has been here.
    AHEAD = 0
    #: Migrations are lacking.
    BEHIND = 1
    #: No table was ever made.
    ABSENT = 2
    CURRENT = 3


class WrongTables(Exception):
    """The tables of the database are not those of this program; ``standing`` says how."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(standing.name)
        self.standing = standing


def standing_of(connection: Connection, schemas: Iterable[Schema]) -> Standing:
    """Say how the tables of a database stand; where only some of the schemas were made, it lacks the others."""
    found = {_standing(connection, schema) for schema in schemas}
    if Standing.ABSENT in found and len(found) > 1:
        found = found - {Standing.ABSENT} | {Standing.BEHIND}
    return min(found, key=lambda each: each.value)


def _standing(connection: Connection, schema: Schema) -> Standing:
    context = MigrationContext.configure(connection, opts={"version_table": schema.version_table})
    revision, known = context.get_current_revision(), _revisions(schema.migrations)
    if revision is None:
        return Standing.ABSENT
    if revision == known[0]:
        return Standing.CURRENT
    return Standing.BEHIND if revision in known else Standing.AHEAD


@lru_cache
def _revisions(migrations: Path) -> tuple[str, ...]:
    """List the revisions of a folder of migrations, the newest first."""
    return tuple(each.revision for each in ScriptDirectory(str(migrations)).walk_revisions())


def upgrade(connection: Connection, schema: Schema) -> None:
    """Run the migrations that this database lacks, inside the connection's transaction."""
    one_at_a_time(connection)
    config = Config()
    config.set_main_option("script_location", str(schema.migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, schema=schema)
    command.upgrade(config, "head")


def run_migrations(context: Any, attributes: dict[str, Any]) -> None:
    """Be the body of every ``env.py``: migrate the connection that ``upgrade`` handed over."""
    schema: Schema = attributes["schema"]
    context.configure(
        connection=attributes["connection"],
        target_metadata=schema.metadata,
        version_table=schema.version_table,
        transaction_per_migration=False,
    )
    context.run_migrations()


def differences(connection: Connection, schema: Schema) -> list[Any]:
    """List where the tables differ from the models: nothing, or a migration is missing."""
    own = set(schema.metadata.tables)
    options = {
        "compare_type": True,
        "version_table": schema.version_table,
        "include_name": lambda name, kind, _parents: kind != "table" or name in own,
    }
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), schema.metadata))

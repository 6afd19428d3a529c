"""Run numbered migrations with Alembic: each schema has its own, and a version table that counts them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text

if TYPE_CHECKING:
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

"""Alembic's entry: the store hands over its own connection."""

from alembic import context

from engine.store.migration import run_migrations

run_migrations(context, context.config.attributes)

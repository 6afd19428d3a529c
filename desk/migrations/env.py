"""Alembic's entry: runs migrations on the connection that the store hands over."""

from alembic import context

from engine.store import run_migrations

run_migrations(context, context.config.attributes)

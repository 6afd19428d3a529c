"""Alembic's entry: the store hands over its own connection."""

from alembic import context

from engine.store.migration import run

run(context, context.config.attributes)

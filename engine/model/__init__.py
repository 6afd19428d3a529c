"""The tables of the engine, and the types and names that the tables of a program above it share with them."""

from engine.model.columns import Instant, Json
from engine.model.conflicts import insert_into
from engine.model.tables import (
    NAMING,
    TASK_OPEN,
    deployment,
    history_event,
    job,
    message_subscription,
    one_of,
    process_definition,
    process_instance,
    resource,
    user_task,
)

__all__ = [
    "NAMING",
    "TASK_OPEN",
    "Instant",
    "Json",
    "deployment",
    "history_event",
    "insert_into",
    "job",
    "message_subscription",
    "one_of",
    "process_definition",
    "process_instance",
    "resource",
    "user_task",
]

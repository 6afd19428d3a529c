"""The engine's tables.

``process_instance`` holds the truth: the variables and the token state. ``user_task``, ``job`` and
``message_subscription`` are projections of it, begun and ended in the same transaction by ``execution.reconcile``.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from engine.model.columns import Instant, Json

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a migration can drop it."""

metadata = MetaData(naming_convention=NAMING)

RowId = BigInteger().with_variant(Integer, "sqlite")


def one_of(column: str, *values: str) -> CheckConstraint:
    """Make a CHECK that the database itself keeps, under the column's name."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


deployment = Table(
    "deployment",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False),
    #: SHA-256 of all its files: the same files are not deployed twice.
    Column("digest", String(64), nullable=False, index=True),
    #: Where they came from: the program's own folders, which may bring newer ones, or a person.
    Column("source", Text, nullable=False),
    Column("deployed_at", Instant, nullable=False),
    one_of("source", "program", "person"),
)

resource = Table(
    "resource",
    metadata,
    Column("deployment_id", ForeignKey("deployment.id"), primary_key=True),
    #: Path inside the deployment: ``richiesta.bpmn``, ``forms/registra.json``.
    Column("name", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

process_definition = Table(
    "process_definition",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("key", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("deployment_id", ForeignKey("deployment.id"), nullable=False),
    UniqueConstraint("key", "version"),
)

process_instance = Table(
    "process_instance",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("definition_id", ForeignKey("process_definition.id"), nullable=False, index=True),
    Column("business_key", Text),
    #: Whose case it is, in a code of the program above; NULL for a case of nobody in particular.
    Column("scope", Text),
    Column("state", Text, nullable=False),
    Column("variables", Json, nullable=False),
    Column("tokens", LargeBinary, nullable=False),
    #: Counts the transitions: the optimistic lock.
    Column("revision", Integer, nullable=False),
    Column("started_by", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    #: Element id of the end event reached last.
    Column("outcome", Text),
    #: Digest of the last event of its history.
    Column("history_head", String(64)),
    one_of("state", "active", "completed", "canceled"),
    Index("ix_process_instance_business_key", "business_key"),
)

user_task = Table(
    "user_task",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("instance_id", ForeignKey("process_instance.id"), nullable=False, index=True),
    Column("business_key", Text),
    Column("scope", Text),
    Column("element_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("form_key", Text),
    #: The candidates as canonical JSON; who belongs to which set stands in ``candidate``.
    Column("candidates", Text, nullable=False),
    #: The groups in one of which whoever has it must act, in the same spelling: those of its lane and its candidates.
    Column("roles", Text, nullable=False),
    Column("assignee", Text),
    Column("state", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant),
    #: ``due_at``, or the end of time: what lists are ordered by.
    Column("sort_at", Instant, nullable=False),
    Column("follow_up_at", Instant),
    Column("priority", Integer, nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", Text),
    one_of("state", "created", "completed", "canceled"),
)
TASK_OPEN = user_task.c.state == literal_column("'created'")
"""Written out wherever it is asked, for no database takes the index of open tasks alone on the word of a parameter."""
TASK_DONE = user_task.c.state == literal_column("'completed'")
_unclaimed = TASK_OPEN & user_task.c.assignee.is_(None)
_claimed = TASK_OPEN & user_task.c.assignee.is_not(None)
Index(
    "ix_user_task_queue",
    user_task.c.candidates,
    user_task.c.scope,
    user_task.c.sort_at,
    user_task.c.id,
    sqlite_where=_unclaimed,
    postgresql_where=_unclaimed,
)
Index(
    "ix_user_task_queue_everywhere",
    user_task.c.candidates,
    user_task.c.sort_at,
    user_task.c.id,
    sqlite_where=_unclaimed,
    postgresql_where=_unclaimed,
)
Index(
    "ix_user_task_inbox",
    user_task.c.assignee,
    user_task.c.sort_at,
    user_task.c.id,
    sqlite_where=_claimed,
    postgresql_where=_claimed,
)
Index("ix_user_task_open", user_task.c.sort_at, user_task.c.id, sqlite_where=TASK_OPEN, postgresql_where=TASK_OPEN)
Index(
    "ix_user_task_done",
    user_task.c.ended_by,
    user_task.c.ended_at,
    user_task.c.id,
    sqlite_where=TASK_DONE,
    postgresql_where=TASK_DONE,
)

candidate = Table(
    "candidate",
    metadata,
    #: A set of candidates that some task has had, as canonical JSON.
    Column("candidates", Text, primary_key=True),
    #: A group's name, or ``user:`` and a user's.
    Column("member", Text, primary_key=True, index=True),
)

job = Table(
    "job",
    metadata,
    #: Token and index: the same timer of the same token is the same job, however often it repeats.
    Column("id", String(64), primary_key=True),
    Column("instance_id", ForeignKey("process_instance.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("token", String(36), nullable=False),
    Column("position", Integer, nullable=False),
    Column("element_id", Text, nullable=False),
    Column("topic", Text),
    Column("due_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    #: What an event thrown by the case carries: its name, its correlation key, the variables at that moment.
    Column("detail", Json, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("problem", Text),
    #: When it was done, fired or canceled; NULL while something is still to come of it.
    Column("settled_at", Instant),
    one_of("kind", "timer", "operation", "message", "signal", "stuck"),
    one_of("state", "due", "done", "fired", "canceled", "incident"),
)
JOB_DUE = job.c.state == literal_column("'due'")
JOB_STOPPED = job.c.state == literal_column("'incident'")
_settled = job.c.settled_at.is_not(None)
Index("ix_job_due", job.c.due_at, job.c.id, sqlite_where=JOB_DUE, postgresql_where=JOB_DUE)
Index("ix_job_settled", job.c.settled_at, sqlite_where=_settled, postgresql_where=_settled)
Index("ix_job_incident", job.c.due_at, job.c.id, sqlite_where=JOB_STOPPED, postgresql_where=JOB_STOPPED)

message_subscription = Table(
    "message_subscription",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("instance_id", ForeignKey("process_instance.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("token", String(36), nullable=False),
    Column("position", Integer, nullable=False),
    Column("element_id", Text, nullable=False),
    Column("name", Text),
    Column("message", Text, nullable=False),
    Column("correlation_key", Text),
    Column("form_key", Text),
    Column("properties", Json, nullable=False),
    one_of("kind", "message", "signal"),
    Index("ix_message_subscription_message_correlation_key", "message", "correlation_key"),
)

history_event = Table(
    "history_event",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("instance_id", ForeignKey("process_instance.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("type", Text, nullable=False),
    Column("element_id", Text),
    Column("name", Text),
    Column("actor", Text, nullable=False),
    Column("facts", Json, nullable=False),
    #: SHA-256 over the event and the digest of the one before it in its case.
    Column("digest", String(64), nullable=False),
    Index("ix_history_event_instance_id_id", "instance_id", "id"),
)

draft = Table(
    "draft",
    metadata,
    Column("task_id", ForeignKey("user_task.id"), primary_key=True),
    Column("user", Text, primary_key=True),
    Column("answers", Json, nullable=False),
    Column("saved_at", Instant, nullable=False),
    #: How often it was saved: whoever saves says which one they began from.
    Column("version", Integer, nullable=False, server_default="1"),
)

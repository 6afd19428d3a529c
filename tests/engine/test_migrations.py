"""The numbered migrations make exactly the tables the models describe."""

import re
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from engine import Actor, Store, drafts, history, jobs, tasks
from engine.model import job
from engine.store import differences
from engine.store.migration import MIGRATIONS
from engine.store.store import ENGINE_SCHEMA
from tests.engine.conftest import ADA


def test_migrating_an_empty_database_gives_the_models_tables(database_url):
    store = Store(database_url)

    store.migrate()

    with store.snapshot() as uow:
        assert differences(uow.connection, ENGINE_SCHEMA) == []
    store.close()


def test_migrating_twice_changes_nothing(database_url):
    store = Store(database_url)

    store.migrate()
    store.migrate()

    with store.snapshot() as uow:
        assert differences(uow.connection, ENGINE_SCHEMA) == []
    store.close()


def test_migrations_are_numbered_without_gaps():
    names = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))

    assert [int(re.match(r"(\d{4})_[a-z_]+\.py$", name)[1]) for name in names] == list(range(1, len(names) + 1))


def at(store, revision):
    """Bring an empty database to an earlier version of the engine's tables."""
    with store._transaction(writing=True) as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.set_main_option("path_separator", "os")
        config.attributes.update(connection=connection, schema=ENGINE_SCHEMA)
        command.upgrade(config, revision)


def test_a_history_written_before_there_were_chains_is_sealed_as_it_stands(database_url):
    store, then = Store(database_url), datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC)
    at(store, "0002")
    moment = {"at": then if store.engine.dialect.name == "postgresql" else then.replace(tzinfo=None).isoformat(" ")}
    with store._transaction(writing=True) as connection:
        for statement in BEFORE:
            connection.execute(text(statement), moment)

    store.migrate()

    with store.snapshot() as uow:
        assert len(history.read(uow, "caso")) == 2
        assert list(history.verify(uow)) == []
    with store.unit_of_work() as uow:
        uow.connection.execute(text("UPDATE history_event SET actor = 'altri' WHERE id = 2"))
        assert [found.event_id for found in history.verify(uow)] == [2]
    store.close()


def test_what_stopped_and_what_was_half_filled_before_is_found_after(database_url):
    store, then = Store(database_url), datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC)
    at(store, "0003")
    moment = {"at": then if store.engine.dialect.name == "postgresql" else then.replace(tzinfo=None).isoformat(" ")}
    with store._transaction(writing=True) as connection:
        for statement in (*BEFORE[:3], *STOPPED_AND_HALF_FILLED):
            connection.execute(text(statement), moment)

    store.migrate()

    with store.unit_of_work() as uow:
        assert [stopped.id for stopped in jobs.stopped(uow).items] == ["lavoro"]
        assert drafts.load(uow, "compito", ADA) == drafts.Draft({"titolo": "Un’idea"}, then, 1)
        assert drafts.save(uow, "compito", ADA, {"titolo": "Due"}, version=1).version == 2
    store.close()


def test_jobs_that_were_over_before_count_as_over_since_the_migration(database_url):
    store, then = Store(database_url), datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC)
    at(store, "0005")
    moment = {"at": then if store.engine.dialect.name == "postgresql" else then.replace(tzinfo=None).isoformat(" ")}
    with store._transaction(writing=True) as connection:
        for statement in (*BEFORE[:3], *JOBS_OF_EVERY_STATE):
            connection.execute(text(statement), moment)

    store.migrate()

    with store.snapshot() as uow:
        rows = {row.id: row for row in uow.connection.execute(select(job))}
        assert differences(uow.connection, ENGINE_SCHEMA) == []
    assert {name: row.settled_at is not None for name, row in rows.items()} == {
        "attesa": False, "fatto": True, "fermo": False, "tolto": True,
    }  # fmt: skip
    assert {(row.state, row.due_at, row.detail["key"]) for row in rows.values()} == {
        (state, then, "A-1") for state in ("due", "done", "incident", "canceled")
    }
    assert jobs.forget_settled(store) == 0
    assert jobs.forget_settled(store, datetime.now(UTC) + 2 * jobs.KEPT) == 2
    store.close()


def test_the_database_itself_refuses_a_state_of_a_job_that_there_is_not(database_url):
    store, then = Store(database_url), datetime(2026, 11, 20, 9, 30, 15, tzinfo=UTC)
    store.migrate()
    moment = {"at": then if store.engine.dialect.name == "postgresql" else then.replace(tzinfo=None).isoformat(" ")}
    with store._transaction(writing=True) as connection:
        for statement in BEFORE[:3]:
            connection.execute(text(statement), moment)

    for statement in (
        JOBS_OF_EVERY_STATE[0].replace("'due'", "'chissà'"),
        JOBS_OF_EVERY_STATE[0].replace("'message'", "'x'"),
    ):
        with pytest.raises(IntegrityError), store._transaction(writing=True) as connection:
            connection.execute(text(statement), moment)
    store.close()


JOBS_OF_EVERY_STATE = tuple(
    "INSERT INTO job (id, instance_id, kind, token, position, element_id, due_at, state, detail, attempts) VALUES"
    f" ('{name}', 'caso', 'message', '', 0, 'manda', :at, '{state}', '{{\"key\": \"A-1\"}}', 0)"
    for name, state in (("attesa", "due"), ("fatto", "done"), ("tolto", "canceled"), ("fermo", "incident"))
)
"""What the fifth version of the tables kept of jobs."""
STOPPED_AND_HALF_FILLED = (
    "INSERT INTO job (id, instance_id, kind, token, position, element_id, due_at, state, detail, attempts) VALUES"
    " ('lavoro', 'caso', 'operation', 'gettone', 0, 'manda', :at, 'incident', '{}', 3)",
    "INSERT INTO user_task (id, instance_id, element_id, name, candidates, assignee, state, created_at, sort_at, priority)"
    " VALUES ('compito', 'caso', 'chiedi', 'Chiedi', '[]', 'ada', 'created', :at, :at, 0)",
    'INSERT INTO draft (task_id, "user", answers, saved_at) VALUES'
    " ('compito', 'ada', '{\"titolo\": \"Un’idea\"}', :at)",
)
"""What the third version of the tables kept of an incident and of a draft."""
BEFORE = (
    "INSERT INTO deployment (id, name, digest, deployed_at) VALUES ('d', 'prova', 'x', :at)",
    "INSERT INTO process_definition (id, key, version, name, deployment_id) VALUES ('p', 'prova', 1, 'Prova', 'd')",
    "INSERT INTO process_instance (id, definition_id, state, variables, tokens, revision, started_by, started_at)"
    " VALUES ('caso', 'p', 'completed', '{}', '', 3, 'ada', :at)",
    "INSERT INTO history_event (id, instance_id, at, type, element_id, name, actor, facts) VALUES"
    " (1, 'caso', :at, 'instance_started', NULL, 'Prova', 'ada', '{\"b\" : 1.50, \"a\" : \"è\"}'),"
    " (2, 'caso', :at, 'instance_completed', 'fine', 'Fine', 'motore', '{}')",
)
"""A case as the second version of the tables kept it."""


def test_first_versions_of_before_are_the_program_s_and_later_ones_people_s(database_url):
    store, then = Store(database_url), datetime(2026, 11, 20, 9, tzinfo=UTC)
    at(store, "0006")
    moment = {"at": then if store.engine.dialect.name == "postgresql" else then.replace(tzinfo=None).isoformat(" ")}
    with store._transaction(writing=True) as connection:
        for number in (1, 2):
            deployed = f"INSERT INTO deployment VALUES ('d{number}', 'prova', 'x', :at)"
            connection.execute(text(deployed), moment)
            connection.execute(
                text(f"INSERT INTO process_definition VALUES ('p{number}', 'prova', {number}, '', 'd{number}')")
            )

    store.migrate()

    with store.snapshot() as uow:
        found = uow.connection.execute(text("SELECT id, source FROM deployment ORDER BY id")).all()
    assert found == [("d1", "program"), ("d2", "person")]
    with store.unit_of_work() as uow, pytest.raises(IntegrityError):
        uow.connection.execute(text("UPDATE deployment SET source = 'nessuno'"))
    store.close()


LANES = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
<process id="prova" isExecutable="true"><laneSet id="l"><lane id="c" name="Analista"><flowNodeRef>t</flowNodeRef></lane></laneSet>
<startEvent id="a"/><userTask id="t"/><endEvent id="z"/><sequenceFlow id="f" sourceRef="a" targetRef="t"/>
<sequenceFlow id="g" sourceRef="t" targetRef="z"/></process></definitions>"""
TASK_BEFORE = (
    "INSERT INTO user_task (id, instance_id, element_id, name, candidates, state, created_at, sort_at, priority) "
    "VALUES ('t1', 'caso', 't', 'T', '[\"user:ada\"]', 'created', :at, :at, 50)"
)


def test_tasks_of_before_are_for_the_lane_they_were_drawn_in(database_url):
    store, then = Store(database_url), datetime(2026, 11, 20, 9, tzinfo=UTC)
    at(store, "0007")
    moment = {"at": then if store.engine.dialect.name == "postgresql" else then.replace(tzinfo=None).isoformat(" ")}
    rows = [
        ("INSERT INTO deployment VALUES ('d', 'prova', 'x', :at, 'person')", moment),
        ("INSERT INTO resource VALUES ('d', 'prova.bpmn', :content)", {"content": LANES.encode()}),
        ("INSERT INTO process_definition VALUES ('v', 'prova', 1, '', 'd')", {}),
        (
            "INSERT INTO process_instance (id, definition_id, state, variables, tokens, revision, started_by, started_at)"
            " VALUES ('caso', 'v', 'active', '{}', :tokens, 1, 'ada', :at)",
            {**moment, "tokens": b""},
        ),
        (TASK_BEFORE, moment),
    ]
    with store._transaction(writing=True) as connection:
        for statement, values in rows:
            connection.execute(text(statement), values)

    store.migrate()

    with store.snapshot() as uow:
        found = tasks.of_case(uow, "caso")
        member = uow.connection.execute(text("SELECT member FROM candidate WHERE candidates = '[\"Analista\"]'"))
        assert member.scalars().all() == ["Analista"]
    assert [each.roles for each in found] == ['["Analista"]']
    assert found[0].is_visible_to(Actor("ada", {"Analista"}))
    assert not found[0].is_visible_to(Actor("ada", {"Referente"}))
    store.close()

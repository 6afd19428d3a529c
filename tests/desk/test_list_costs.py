"""What lists that grow without end cost: a fixed number of statements, each by an index, on either database."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import event

from desk import agenda, cases, envelope, files, people, retention
from desk.access import Role
from desk.agenda import Slot
from desk.calendar import local_date
from desk.cases import CaseFilter, saved_views
from desk.mail import outbox, shown
from desk.people import mandates
from desk.states import PublicState
from desk.upkeep import stopped
from engine import history, messages, tasks
from tests.kit.played import Played
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, MARTA, SARA

WAITING = CaseFilter(states=frozenset({PublicState.WAITING}), owner="sara")
OPENED = ("ix_pratica_opened_at_id",)
NEAR = ("ix_pratica_istat_opened_at_id",)
MINE = ("ix_user_task_inbox",)
FREE = ("ix_user_task_queue", "ix_user_task_open")
ENDED = ("ix_pratica_state_closed_at",)
LISTS = {
    "my tasks": (1, MINE, lambda at: tasks.inbox(at.uow, SARA)),
    "my tasks of one Comune": (1, MINE, lambda at: tasks.inbox(at.uow, SARA, scope=BUROLO)),
    "my tasks, counted": (1, MINE, lambda at: tasks.inbox(at.uow, SARA, size=0)),
    "tasks to claim in one Comune": (1, FREE, lambda at: tasks.queue(at.uow, MARTA)),
    "tasks to claim everywhere": (1, FREE, lambda at: tasks.queue(at.uow, SARA)),
    "my tasks, the farthest first": (1, MINE, lambda at: tasks.inbox(at.uow, SARA, latest_first=True)),
    "tasks to claim, the farthest first": (1, FREE, lambda at: tasks.queue(at.uow, SARA, latest_first=True)),
    "the first tasks done": (1, ("ix_user_task_done",), lambda at: tasks.done(at.uow, SARA, latest_first=False)),
    "tasks done": (1, ("ix_user_task_done",), lambda at: tasks.done(at.uow, SARA)),
    "the tasks of a pratica": (1, ("ix_user_task_instance_id",), lambda at: tasks.of_case(at.uow, at.case.id)),
    "pratiche of a Comune": (1, NEAR, lambda at: cases.page(at.uow, MARTA)),
    "pratiche everywhere": (1, OPENED, lambda at: cases.page(at.uow, SARA)),
    "pratiche, the oldest first": (1, OPENED, lambda at: cases.page(at.uow, SARA, CaseFilter(oldest_first=True))),
    "the oldest pratiche of a Comune": (1, NEAR, lambda at: cases.page(at.uow, MARTA, CaseFilter(oldest_first=True))),
    "pratiche that go on": (1, OPENED + ENDED, lambda at: cases.page(at.uow, SARA, CaseFilter(running=True))),
    "pratiche of one analyst": (1, MINE, lambda at: cases.page(at.uow, SARA, WAITING)),
    "the history of a pratica": (1, ("ix_history_event_instance_id_id",), lambda at: history.read(at.uow, at.case.id)),
    "openings": (1, ("ix_history_event_instance_id_id",), lambda at: envelope.accesses(at.uow, at.case.id)),
    "conflicts": (1, ("pk_conflict_of_interest", "sqlite_autoindex_conflict_of_interest_1"), lambda at: at.conflicts()),
    "documents": (2, ("uq_document_case_id", "sqlite_autoindex_document"), lambda at: at.documents()),
    "messages that do not go": (1, ("ix_mail_state_created_at",), lambda at: outbox.troubles(at.uow, ADMINISTRATOR)),
    "messages that went": (1, ("ix_mail_state_created_at", "ix_mail_created_at_id"), lambda at: shown.page(at.uow)),
    "steps that stopped": (2, ("ix_job_incident",), lambda at: stopped.stopped(at.uow, ADMINISTRATOR)),
    "what has expired": (2, ENDED, lambda at: retention.expired(at.uow, ADMINISTRATOR)),
    "what a hold keeps": (2, ENDED, lambda at: at.held()),
    "receipts of erasures": (1, ("ix_erasure_erased_at",), lambda at: retention.receipts(at.uow, ADMINISTRATOR)),
    "a week of an analyst": (1, ("ix_engagement_starts_at",), lambda at: agenda.engagements(at.uow, at.week)),
    "saved views": (
        1,
        ("uq_saved_view", "sqlite_autoindex_saved_view_2"),
        lambda at: saved_views.of_list(at.uow, SARA, ""),
    ),
    "absences": (1, ("ix_analyst_absence_username_ends_at",), lambda at: agenda.absences(at.uow, "sara", at.uow.now)),
    "desk days": (1, ("ix_analyst_desk_day_username_day",), lambda at: at.desk_days()),
    "uses of a room": (1, ("ix_room_use_istat_ends_at",), lambda at: agenda.room_busy(at.uow, BUROLO, at.uow.now)),
    "referenti": (2, ("ix_mandate_istat", "uq_mandate_username_istat_starts_on", "sqlite_autoindex_mandate"), None),
}
EARLIEST, LATEST = "1970-01-01T00:00:00+00:00~", "9999-01-01T00:00:00+00:00~"
NUMBERED = {
    "tasks to claim": (FREE, lambda at: tasks.queue(at.uow, SARA, after=EARLIEST)),
    "tasks done": (("ix_user_task_done",), lambda at: tasks.done(at.uow, MARTA, after=LATEST)),
    "pratiche of a Comune": (NEAR, lambda at: cases.page(at.uow, MARTA, after=LATEST)),
    "pratiche everywhere": (OPENED, lambda at: cases.page(at.uow, SARA, after=LATEST)),
}


class Reader(SimpleNamespace):
    """A desk with one pratica, read in one snapshot."""

    def conflicts(self):
        return envelope.conflicts.of_case(self.uow, self.case.id)

    def documents(self):
        return files.of_case(self.uow, self.case.id, MARTA)

    def held(self):
        return retention.expired(self.uow, ADMINISTRATOR, held=True)

    def desk_days(self):
        return agenda.desk_days(self.uow, local_date(self.uow.now), username="sara")

    def referenti(self):
        held = people.holding(self.uow, Role.REFERENTE, BUROLO)
        return mandates.of(self.uow, BUROLO, [user.username for user in held])


@pytest.fixture
def ready(each_store, now):
    """A desk on each database, what it is asked, and how it would find it."""
    played = Played(each_store, now).forwarded()
    asked = []
    event.listen(
        each_store.engine, "before_cursor_execute", lambda _c, _r, words, given, *_: asked.append((words, given))
    )
    with each_store.snapshot(now) as uow:
        if uow.connection.dialect.name == "postgresql":  # which thinks no index worth it for so few rows
            uow.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        asked.clear()
        yield Reader(uow=uow, case=played.case, asked=asked, week=Slot(now, now + timedelta(7)))


def ways(uow, asked):
    """Say how the database finds each thing that it was asked for."""
    explain = "EXPLAIN QUERY PLAN" if uow.connection.dialect.name == "sqlite" else "EXPLAIN"
    plans = [uow.connection.exec_driver_sql(f"{explain} {words}", given).all() for words, given in asked]
    return [" / ".join(str(line[-1]) for line in plan) for plan in plans]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_so_many_statements_and_finds_its_rows_by_their_index(ready, name):
    number, indexes, read = LISTS[name]

    (read or Reader.referenti)(ready)

    asked = list(ready.asked)
    plans = ways(ready.uow, asked)
    assert len(asked) == number, asked
    assert any(index in plan for plan in plans for index in indexes), "\n".join(plans)


TURNED = ("my tasks, the farthest first", "the first tasks done", "pratiche, the oldest first")


@pytest.mark.parametrize("name", TURNED)
def test_a_list_turned_round_is_read_in_its_order_and_never_sorted(ready, name):
    _, indexes, read = LISTS[name]

    read(ready)

    (plan,) = ways(ready.uow, ready.asked[:1])
    assert any(index in plan for index in indexes), plan
    assert "TEMP B-TREE" not in plan, plan
    assert "Sort" not in plan, plan


@pytest.mark.parametrize("name", NUMBERED)
def test_pages_are_numbered_in_the_order_of_an_index(ready, name):
    indexes, read = NUMBERED[name]

    assert read(ready).count

    assert len(ready.asked) == 2, ready.asked
    plan = ways(ready.uow, ready.asked[1:])[0]
    assert any(index in plan for index in indexes), plan


PART = {
    "my tasks": (MINE, lambda at: tasks.inbox(at.uow, SARA, size=0)),
    "tasks to claim": (FREE, lambda at: tasks.queue(at.uow, SARA, size=0)),
    "tasks done": (("ix_user_task_done",), lambda at: tasks.done(at.uow, SARA, size=0)),
    "steps that stopped": (("ix_job_incident",), lambda at: stopped.stopped(at.uow, ADMINISTRATOR, size=0)),
}


@pytest.mark.parametrize("name", PART)
def test_an_index_of_some_rows_is_chosen_without_knowing_any_parameter(ready, name):
    """So it is where a database plans once for all values, as PostgreSQL does for a statement sent again and again."""
    indexes, read = PART[name]
    read(ready)

    unknown = [(words, (None,) * len(given)) for words, given in ready.asked[:1] if isinstance(given, tuple)]
    plans = ways(ready.uow, unknown)
    assert all(any(index in plan for index in indexes) for plan in plans), plans
    assert plans or ready.uow.connection.dialect.name == "postgresql"


def test_the_timers_beside_a_message_are_looked_for_in_its_case_alone(ready):
    if ready.uow.connection.dialect.name == "postgresql":
        pytest.skip("of so few jobs it reads all that are due")
    messages.waiting(ready.uow, ready.case.id)

    assert "ix_job_instance_id" in ways(ready.uow, ready.asked[:1])[0]

from datetime import timedelta

import pytest

from engine import Extension, Store, deployments, instances, jobs, tasks
from tests.engine.conftest import ADA
from tests.engine.diagrams import end, folder, path, service, start, timer, user

REMINDED = (
    start(),
    user("lavora"),
    timer("ricorda", "lavora", "R3/PT24H", interrupting=False, kind="timeCycle"),
    user("promemoria"),
    end(),
    end("fine_promemoria"),
    path("start", "lavora", "end"),
    path("ricorda", "promemoria", "fine_promemoria"),
)
LATE = (
    start(),
    user("lavora"),
    timer("scade", "lavora", "P10D"),
    user("sollecita"),
    end(),
    path("start", "lavora", "end"),
    path("scade", "sollecita", "end"),
)


def begin(store, folder_, key, now):
    with store.unit_of_work(now) as uow:
        deployments.deploy(uow, folder_)
        return instances.start(uow, key, ADA, scope="001030").id


def open_elements(store):
    with store.snapshot() as uow:
        return sorted(task.element_id for task in tasks.queue(uow, ADA).items)


def test_a_timer_fires_when_it_is_due_and_not_before(each_store, tmp_path, now):
    begin(each_store, folder(tmp_path, "tardi", *LATE), "tardi", now)

    assert jobs.run_due(each_store, now=now + timedelta(days=9)) == 0
    assert jobs.run_due(each_store, now=now + timedelta(days=10)) == 1
    assert open_elements(each_store) == ["sollecita"]


def test_a_reminder_repeats_as_often_as_it_says(each_store, tmp_path, now):
    begin(each_store, folder(tmp_path, "promemoria_di_prova", *REMINDED), "promemoria_di_prova", now)

    for day in range(1, 7):
        jobs.run_due(each_store, now=now + timedelta(days=day))

    assert open_elements(each_store) == ["lavora", "promemoria", "promemoria", "promemoria"]


def test_a_reminder_that_slept_comes_once_and_then_at_its_next_turn(each_store, tmp_path, now):
    endless = "".join(REMINDED).replace("R3/PT24H", f"R/{now - timedelta(days=30):%Y-%m-%dT%H:%M:%SZ}/PT1H")
    begin(each_store, folder(tmp_path, "dormito", endless), "dormito", now)

    ran = [jobs.run_due(each_store, now=now + timedelta(minutes=minutes)) for minutes in (1, 2, 59, 60, 300, 301)]

    assert ran == [1, 0, 0, 1, 1, 0]
    assert open_elements(each_store).count("promemoria") == 3


def test_a_timer_of_a_completed_task_never_fires(each_store, tmp_path, now):
    begin(each_store, folder(tmp_path, "tardi", *LATE), "tardi", now)
    with each_store.unit_of_work(now) as uow:
        tasks.complete(uow, tasks.queue(uow, ADA).items[0].id, ADA, {})

    assert jobs.run_due(each_store, now=now + timedelta(days=30)) == 0


def test_what_a_deadline_took_away_is_told_as_canceled(store, tmp_path, now):
    case = begin(store, folder(tmp_path, "tardi", *LATE), "tardi", now)

    jobs.run_due(store, now=now + timedelta(days=11))

    with store.snapshot() as uow:
        kinds = [event.type for event in instances.history(uow, case)]
        states = {task.element_id: task.state for task in tasks.of_case(uow, case)}
    assert kinds == ["instance_started", "timer_fired", "task_canceled"]
    assert states == {"lavora": "canceled", "sollecita": "created"}


CALLING = (
    start(),
    service("chiama", "conta"),
    '<bpmn:boundaryEvent id="rotto" name="rotto" attachedToRef="chiama"><bpmn:errorEventDefinition errorRef="guasto" />'
    "</bpmn:boundaryEvent>",
    user("guarda"),
    user("ripara"),
    end(),
    path("start", "chiama", "guarda", "end"),
    path("rotto", "ripara", "end"),
)
ERROR = '<bpmn:error id="guasto" name="Guasto" errorCode="GUASTO" />'


@pytest.fixture
def calling_store(tmp_path):
    """Open a store whose one topic is served by the operation that a test gives."""
    opened = []

    def opening(operation):
        store = Store(f"sqlite:///{tmp_path}/calls.db", extensions=(Extension(operations={"conta": operation}),))
        opened.append(store)
        store.migrate()
        return store

    yield opening
    for store in opened:
        store.close()


def test_an_operation_runs_as_a_job_and_its_results_become_variables(calling_store, tmp_path, now):
    store = calling_store(lambda _store, call: {"esito": call.topic})
    case = begin(store, folder(tmp_path, "chiamata", *CALLING, outside=ERROR), "chiamata", now)

    jobs.run_due(store, now=now)

    assert open_elements(store) == ["guarda"]
    with store.snapshot() as uow:
        assert instances.get(uow, case).variables["esito"] == "conta"


def test_an_operation_that_fails_is_tried_again_and_then_is_an_incident(calling_store, tmp_path, now):
    tries = []

    def fail(_store, call):
        tries.append(call.job_id)
        raise RuntimeError("il server non risponde")

    store = calling_store(fail)
    begin(store, folder(tmp_path, "chiamata", *CALLING, outside=ERROR), "chiamata", now)

    for hour in range(6):
        jobs.run_due(store, now=now + timedelta(hours=hour))

    with store.snapshot() as uow:
        (incident,) = jobs.incidents(uow)
    assert len(tries) == jobs.ATTEMPTS
    assert len(set(tries)) == 1
    assert "il server non risponde" in incident.problem


def test_an_incident_can_be_retried(calling_store, tmp_path, now):
    answers = [RuntimeError(), RuntimeError(), RuntimeError(), {"esito": "alla fine"}]

    def sometimes(_store, call):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    store = calling_store(sometimes)
    begin(store, folder(tmp_path, "chiamata", *CALLING, outside=ERROR), "chiamata", now)
    for hour in range(4):
        jobs.run_due(store, now=now + timedelta(hours=hour))
    later = now + timedelta(days=1)

    with store.unit_of_work(later) as uow:
        jobs.retry(uow, jobs.incidents(uow)[0].id)
    jobs.run_due(store, now=later)

    assert open_elements(store) == ["guarda"]


def test_a_bpmn_error_of_an_operation_takes_the_path_the_diagram_draws(calling_store, tmp_path, now):
    def broken(_store, call):
        raise jobs.BpmnError("GUASTO")

    store = calling_store(broken)
    begin(store, folder(tmp_path, "chiamata", *CALLING, outside=ERROR), "chiamata", now)

    jobs.run_due(store, now=now)

    assert open_elements(store) == ["ripara"]


def test_a_topic_nobody_serves_becomes_an_incident(store, tmp_path, now):
    begin(store, folder(tmp_path, "chiamata", *CALLING, outside=ERROR), "chiamata", now)

    for hour in range(6):
        jobs.run_due(store, now=now + timedelta(hours=hour))

    with store.snapshot() as uow:
        assert "conta" in jobs.incidents(uow)[0].problem


@pytest.mark.parametrize("limit", [1, 3])
def test_no_more_jobs_run_than_asked(store, tmp_path, now, limit):
    made = folder(tmp_path, "tardi", *LATE)
    for _ in range(5):
        begin(store, made, "tardi", now)

    assert jobs.run_due(store, now=now + timedelta(days=20), limit=limit) == limit

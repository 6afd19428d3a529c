"""An operation sees and changes the variables of its own scope, as every other activity does."""

import pytest

from engine import Extension, Store, deployments, instances, jobs
from tests.engine.conftest import ADA
from tests.engine.diagrams import end, folder, path, process, service, start, user
from tests.engine.spiff.given import each_of
from tests.kit.databases import sharing_statements


@pytest.fixture
def serving(migrated_url, tmp_path, now):
    """Start a case of these parts, run what is due with the operation given, and give the case's variables."""
    opened = []

    def serve(operation, *parts, variables, **called):
        store = sharing_statements(Store(migrated_url, extensions=(Extension(operations={"conta": operation}),)))
        opened.append(store)
        made = folder(tmp_path, "chiama", start(), *parts, end())
        for key, more in called.items():
            (made / f"{key}.bpmn").write_bytes(process(key, *more))
        with store.unit_of_work(now) as uow:
            deployments.deploy(uow, made)
            case = instances.start(uow, "chiama", ADA, variables=variables, scope="001030").id
        jobs.run_due(store, now=now)
        with store.snapshot() as uow:
            assert jobs.incidents(uow) == []
            return instances.get(uow, case).variables

    yield serve
    for store in opened:
        store.close()


LAST = (user("guarda"), path("start", "conta", "guarda", "end"))


@pytest.mark.parametrize("sequential", [False, True])
def test_each_turn_of_a_repeated_operation_is_given_its_own_item(serving, sequential):
    seen = []

    def operation(_store, call):
        seen.append((call.variables["loopCounter"], call.variables["voce"], call.variables["nrOfInstances"]))

    task = service("conta", "conta", body=each_of("voci", "voce", sequential=sequential))
    serving(operation, task, *LAST, variables={"voci": ["a", "b", "c"], "voce": "di fuori"})

    assert sorted(seen) == [(0, "a", 3), (1, "b", 3), (2, "c", 3)]


def test_what_a_turn_gives_under_the_name_of_its_item_stays_in_the_turn(serving):
    task = service("conta", "conta", body=each_of("voci", "voce"))

    variables = serving(
        lambda _store, call: {"voce": "cambiata", "ultima": call.variables["voce"]},
        task,
        *LAST,
        variables={"voci": ["a"], "voce": "di fuori"},
    )

    assert (variables["voce"], variables["ultima"]) == ("di fuori", "a")


def test_an_operation_inside_a_turn_is_given_the_item_of_the_turn_around_it(serving):
    seen = []

    def operation(_store, call):
        seen.append(call.variables["voce"])

    around = (
        f'<bpmn:subProcess id="giro" name="Giro">{each_of("voci", "voce")}{start("dentro")}{service("conta", "conta")}'
        f"{end('fuori')}{path('dentro', 'conta', 'fuori')}</bpmn:subProcess>"
    )
    serving(operation, around, user("guarda"), path("start", "giro", "guarda", "end"), variables={"voci": [1, 2]})

    assert sorted(seen) == [1, 2]


def test_an_operation_of_a_called_process_is_given_what_that_process_was_given(serving):
    seen = []

    def operation(_store, call):
        seen.append(dict(call.variables))
        return {"esito": "fatto", "nome": "cambiato"}

    call = (
        '<bpmn:callActivity id="delega" name="Delega" calledElement="altro"><bpmn:extensionElements>'
        '<camunda:in source="persona" target="nome" /><camunda:out source="esito" target="risposta" />'
        "</bpmn:extensionElements></bpmn:callActivity>"
    )
    inner = (start(), service("conta", "conta"), end(), path("start", "conta", "end"))
    variables = serving(
        operation,
        call,
        user("guarda"),
        path("start", "delega", "guarda", "end"),
        variables={"persona": "Maria", "nome": "di fuori"},
        altro=inner,
    )

    assert seen == [{"nome": "Maria"}]
    assert variables == {"persona": "Maria", "nome": "di fuori", "risposta": "fatto"}


def test_an_operation_whose_token_went_after_it_was_taken_is_not_run(migrated_url, tmp_path, now, monkeypatch):
    ran = []
    extension = Extension(operations={"conta": lambda _store, call: ran.append(call.job_id)})
    store = sharing_statements(Store(migrated_url, extensions=(extension,)))
    parts = (start(), service("conta", "conta"), *LAST, end())
    with store.unit_of_work(now) as uow:
        deployments.deploy(uow, folder(tmp_path, "chiama", *parts))
        case = instances.start(uow, "chiama", ADA, scope="001030").id
    snapshot = store.snapshot

    def after_a_withdrawal(moment):
        with store.unit_of_work(now) as uow:
            instances.cancel(uow, case, ADA, "ritirata")
        return snapshot(moment)

    monkeypatch.setattr(store, "snapshot", after_a_withdrawal)
    jobs.run_due(store, now=now, limit=1)
    store.close()

    assert ran == []

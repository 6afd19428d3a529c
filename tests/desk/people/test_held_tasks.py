"""Whom a diagram names gets a task only where they hold its role; else it waits for its candidates."""

import pytest

from desk import cases, people
from desk.access import Role
from engine import deployments, tasks
from tests.engine.diagrams import end, folder, path, start, user
from tests.kit.small_desk import ADMINISTRATOR, BUROLO, MARTA

STEPS = start(), user("esamina", "Analista", 'camunda:assignee="=chi"'), end(), path("start", "esamina", "end")


def given_to(store, tmp_path, named):
    with store.unit_of_work() as uow:
        deployments.deploy(uow, folder(tmp_path, "prova", *STEPS))
        case = cases.open_request(uow, MARTA, BUROLO, key="prova", variables={"chi": named})
        (task,) = tasks.of_case(uow, case.id)
    return task.assignee


@pytest.mark.parametrize(("named", "holder"), [("sara", "sara"), ("marta", None), ("nessuno", None), (None, None)])
def test_a_diagram_gives_a_task_to_who_holds_its_role(store, tmp_path, named, holder):
    assert given_to(store, tmp_path, named) == holder


def test_whose_account_is_closed_gets_none(store, tmp_path):
    with store.unit_of_work() as uow:
        people.set_active(uow, "sara", ADMINISTRATOR, active=False)

    assert given_to(store, tmp_path, "sara") is None


def test_who_holds_the_role_elsewhere_gets_none(store, tmp_path):
    with store.unit_of_work() as uow:
        people.set_roles(uow, "sara", {Role.ANALISTA: ["001208"]}, ADMINISTRATOR)

    assert given_to(store, tmp_path, "sara") is None

"""Diagrams that once failed, given beside the project: what they should do is what they do."""

from datetime import datetime, timedelta

import pytest

from engine import deployments, dmn, instances, jobs, tasks
from engine.check import check_documents
from engine.errors import InvalidDiagram
from engine.spiff.process import parse
from engine.xml import BPMN, read_xml
from tests.engine.conftest import ADA
from tests.engine.spiff.given import Case
from tests.kit.places import ROOT

FOLDER = ROOT.parent / "shared" / "faults"
ABSENT = "the diagrams that once failed are not in ../shared/faults"


@pytest.fixture
def given():
    """Read a file of the folder."""

    def read(name):
        if not FOLDER.is_dir():
            pytest.skip(ABSENT)
        return (FOLDER / name).read_bytes()

    return read


def played(source):
    process = next(read_xml(source, "p.bpmn").iter(f"{{{BPMN}}}process"))
    return Case(parse(process.get("id"), {"p.bpmn": source}))


@pytest.mark.parametrize(
    ("name", "element", "done"),
    [
        ("xor_fork_parallel_join.bpmn", "j", ["a"]),
        ("parallel_loop.bpmn", "p", ["u"]),
        ("unbalanced_join.bpmn", "j", ["a1", "b"]),
    ],
)
def test_a_deadlock_is_refused_with_its_element_and_stands_still_there_where_it_runs(given, name, element, done):
    source = given(name)
    case = played(source)
    for task in done:
        case.do(task)

    assert element in [problem.element for problem in check_documents({name: source}) if problem.stops]
    assert {wait.element for wait in case._load().stuck()} == {element}


def test_an_inclusive_join_waits_for_the_path_that_its_boundary_event_stands_on(given):
    case = played(given("inclusive_join_after_boundary.bpmn"))

    case.fire("b")
    before = case.open
    case.do("A")

    assert (before, case.open) == ("A", "B")
    case.do("B")
    assert case.ended


def test_a_cycle_that_slept_fires_once_and_then_in_the_future(given):
    case = played(given("cycle_past.bpmn").replace(b"2026-11-01", b"2026-10-01"))

    case.fire("ricorda")

    (due,) = [datetime.fromisoformat(wait.detail["due"]) for wait in case.waits("timer")]
    assert case.host.now < due <= case.host.now + timedelta(hours=1)


def test_a_signal_reaches_every_case_once_whatever_its_first_receipt_takes_away(given, each_store, tmp_path, now):
    folders = {name: tmp_path / name for name in ("ascolta", "lancia")}
    for name, made in folders.items():
        made.mkdir()
        (made / f"{name}.bpmn").write_bytes(given(f"sig/{name}.bpmn").replace(b'"G"', b'"Referente"'))
        with each_store.unit_of_work(now) as uow:
            deployments.deploy(uow, made)
    with each_store.unit_of_work(now) as uow:
        cases = [instances.start(uow, "ascolta", ADA, scope="001030").id for _ in range(3)]
        instances.start(uow, "lancia", ADA, scope="001030")
        tasks.complete(uow, next(each for each in tasks.queue(uow, ADA).items if each.element_id == "u").id, ADA, {})

    jobs.run_due(each_store, now=now)

    with each_store.snapshot() as uow:
        assert jobs.incidents(uow) == []
        assert [task.element_id for task in tasks.queue(uow, ADA).items] == ["dopo"] * 3
        told = [[event.type for event in instances.history(uow, case)].count("signal_received") for case in cases]
    assert told == [1, 1, 1]


@pytest.mark.parametrize("name", ["xor_fork_parallel_join.bpmn", "parallel_loop.bpmn", "unbalanced_join.bpmn"])
def test_a_deadlock_is_not_deployed(given, store, tmp_path, name):
    (tmp_path / name).write_bytes(given(name))

    with pytest.raises(InvalidDiagram, match="fermo qui"), store.unit_of_work() as uow:
        deployments.deploy(uow, tmp_path)


@pytest.mark.parametrize(("born", "group"), [("2001-05-03", "adulto"), ("2015-05-03", "minore")])
def test_a_column_that_wants_a_date_reads_what_a_form_gave(given, born, group):
    model = dmn.Model.load(given("date_input_from_form.dmn"))

    assert model.evaluate("d", {"data_nascita": born}).value == group

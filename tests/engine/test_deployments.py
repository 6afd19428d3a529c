"""Files are checked outside a transaction and kept in one, by content and in order."""

import pytest

from engine import deployments, documents
from engine.deployments import Source
from engine.errors import InvalidDiagram
from engine.model import deployment
from tests.engine.diagrams import folder
from tests.engine.test_history import STEPS


@pytest.fixture
def files(tmp_path):
    return documents.read(folder(tmp_path, "prova", *STEPS))


def changed(files, words):
    return {
        "prova.bpmn": files["prova.bpmn"].replace(
            b"</bpmn:definitions>", f"<!-- {words} --></bpmn:definitions>".encode()
        )
    }


def keep(store, files, source=Source.PERSON):
    checked = deployments.check(store, "prova", files)
    with store.unit_of_work() as uow:
        return deployments.keep(uow, checked, source)


def test_what_is_checked_is_known_before_anything_is_written(store, files):
    checked = deployments.check(store, "prova", files)

    assert dict(checked.processes).keys() == {"prova"}
    assert checked.stops == ()
    with store.snapshot() as uow:
        assert uow.connection.execute(deployment.select()).all() == []
        assert deployments.newest(uow, "prova") is None


def test_what_is_wrong_is_never_kept(store, files):
    checked = deployments.check(store, "prova", files | {"altro.bpmn": b"<no"})

    assert [problem.file for problem in checked.stops] == ["altro.bpmn"]
    with store.unit_of_work() as uow, pytest.raises(InvalidDiagram, match=r"altro\.bpmn"):
        deployments.keep(uow, checked)


def test_a_return_to_earlier_files_is_a_version_and_then_no_more(store, files):
    first, other = keep(store, files), keep(store, changed(files, "b"))

    back, again = keep(store, files, Source.PROGRAM), keep(store, files)

    assert [each.definitions[0].version for each in (first, other, back, again)] == [1, 2, 3, 3]
    assert (back.is_new, again.is_new, again.id) == (True, False, back.id)
    with store.snapshot() as uow:
        assert deployments.newest(uow, "prova").source is Source.PROGRAM

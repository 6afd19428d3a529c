"""Which process a new request begins is said by a process, and an open case follows what a newer version says."""

import pytest

from desk import cases
from desk.cases import lists
from desk.envelope import agreements
from desk.errors import ProcessNotNamed
from engine import deployments, documents
from tests.kit.places import ROOT
from tests.kit.played import Played
from tests.kit.small_desk import BUROLO, MARTA

MARK = b'<camunda:property name="si-apre-da" value="nuova-richiesta" />'
SMALL = documents.read(ROOT / "tests" / "kit" / "diagrams" / "pratica")["pratica.bpmn"].replace(MARK, b"")
BORN = b'<camunda:property name="pratica.nascita" value="=nato_il" />'


def publish(store, key, change=lambda text: text):
    """Put the small process of these tests into service under a key, changed."""
    text = change(SMALL.replace(b'<process id="richiesta"', f'<process id="{key}"'.encode()))
    checked = deployments.check(store, key, {f"{key}.bpmn": text})
    assert checked.stops == ()
    with store.unit_of_work() as uow:
        deployments.keep(uow, checked)


def marked(text):
    return text.replace(BORN, BORN + MARK)


def requested(store):
    with store.snapshot() as uow:
        return lists.requested(uow)


def test_the_only_process_there_is_needs_no_saying(store):
    assert requested(store) == "richiesta"


def test_of_several_it_is_the_one_that_says_so(store, now):
    publish(store, "richiesta")
    publish(store, "domanda", marked)

    assert requested(store) == "domanda"
    with store.unit_of_work(now) as uow:
        opened = cases.open_request(uow, MARTA, BUROLO)
    with store.snapshot() as uow:
        assert deployments.newest(uow, "domanda").name == "domanda"
        assert opened.requester is None


@pytest.mark.parametrize("change", [lambda text: text, marked])
def test_where_none_or_several_say_so_nothing_is_opened(store, now, change):
    publish(store, "domanda", change)
    publish(store, "richiesta", change)

    with store.unit_of_work(now) as uow, pytest.raises(ProcessNotNamed) as refusal:
        cases.open_request(uow, MARTA, BUROLO)
    assert refusal.value.keys == ("domanda", "richiesta")


def test_a_case_that_was_open_before_a_property_existed_follows_the_newest_version(store, now):
    publish(store, "richiesta", lambda text: text.replace(BORN, b""))
    case = Played(store, now, answers={"nome": "Ada Esempio", "titolo": "Prova", "nato_il": "2010-01-02"}).forwarded()
    with store.snapshot() as uow:
        before = agreements.needs_co_signer(uow, case.case.id, now.date())

    publish(store, "richiesta", lambda text: text + b"<!-- newer -->")

    with store.snapshot() as uow:
        assert (before, agreements.needs_co_signer(uow, case.case.id, now.date())) == (False, True)

"""The documents of a pratica: who reaches them, what the history says, what is left after a deletion."""

from __future__ import annotations

from io import BytesIO

import pytest

from desk import Facilities, cases, files
from desk.errors import DocumentLost, DocumentNotFound, DocumentRefused, TooManyDocuments
from desk.files import FolderStorage, documents
from engine import history
from engine.errors import InstanceNotFound, InstanceNotRunning
from engine.identity import Actor
from tests.kit.hostile_files import pdf
from tests.kit.played import Played
from tests.kit.small_desk import LIA, MARTA, PAOLO, QUAGLIUZZO, REQUESTER, SARA

PAPER = pdf(b"un preventivo")


@pytest.fixture
def facilities(tmp_path):
    return Facilities(files=FolderStorage(tmp_path / "documenti"))


@pytest.fixture
def played(store, now):
    return Played(store, now).registered()


@pytest.fixture
def desk(store, facilities, played):
    return Desk(store, facilities, played.case.id)


class Desk:
    """The verbs over one case, each in a transaction of its own."""

    def __init__(self, store, facilities, case_id):
        self.store, self.facilities, self.case_id = store, facilities, case_id

    def add(self, content=PAPER, name="preventivo.pdf", actor=MARTA, **more):
        with (
            files.receive(self.facilities, name, BytesIO(content)) as upload,
            self.store.unit_of_work() as uow,
        ):
            return files.attach(uow, self.facilities, self.case_id, upload, actor, **more)

    def listed(self, actor=MARTA):
        with self.store.snapshot() as uow:
            return [document.name for document in files.of_case(uow, self.case_id, actor)]

    def content(self, document, actor=MARTA):
        with self.store.snapshot() as uow:
            _, content = files.read(uow, self.facilities, self.case_id, document.id, actor)
        with content:
            return content.read()

    def remove(self, document, actor=MARTA):
        with self.store.unit_of_work() as uow:
            files.remove(uow, self.facilities, self.case_id, document.id, actor)

    def notes(self):
        with self.store.snapshot() as uow:
            events = [event for event in history.read(uow, self.case_id) if event.type == "noted"]
        return [(event.actor, event.facts) for event in events if event.facts["note"].startswith("documento")]

    def contents(self):
        return sorted(path.name for path in self.facilities.files.folder.rglob("*") if path.is_file())


def test_a_document_is_listed_read_and_noted_without_its_name(desk):
    document = desk.add()

    assert desk.listed() == ["preventivo.pdf"]
    assert desk.content(document) == PAPER
    assert (document.media_type, document.size, document.position) == ("application/pdf", len(PAPER), 1)
    assert desk.notes() == [("marta", {"note": "documento_aggiunto", "id": document.id, "size": len(PAPER)})]


def test_a_removed_document_leaves_nothing_but_a_line_of_history(desk):
    document = desk.add()
    desk.remove(document)

    assert desk.listed() == []
    assert desk.contents() == []
    assert [facts["note"] for _, facts in desk.notes()] == ["documento_aggiunto", "documento_tolto"]
    with pytest.raises(DocumentNotFound):
        desk.content(document)


def test_a_content_that_two_documents_share_goes_with_the_last_of_them(desk, store, now, facilities):
    other = Desk(store, facilities, Played(store, now).registered().case.id)
    one, two = desk.add(), other.add()
    assert len(desk.contents()) == 1

    desk.remove(one)
    assert other.content(two) == PAPER

    other.remove(two)
    assert desk.contents() == []


def test_a_removal_that_is_rolled_back_removes_nothing(desk, store):
    document = desk.add()

    with pytest.raises(RuntimeError), store.unit_of_work() as uow:
        files.remove(uow, desk.facilities, desk.case_id, document.id, MARTA)
        raise RuntimeError

    assert desk.content(document) == PAPER


def test_the_same_content_sent_twice_is_one_document(desk):
    first, second = desk.add(), desk.add(name="ancora.pdf")

    assert first.id == second.id
    assert desk.listed() == ["preventivo.pdf"]
    assert len(desk.notes()) == 1


def test_a_refused_file_leaves_nothing_on_the_disk(desk):
    with pytest.raises(DocumentRefused):
        desk.add(b"MZ\x90\0", "preventivo.pdf")

    assert desk.contents() == []


@pytest.mark.parametrize("actor", [LIA, SARA, PAOLO, Actor("olga", {"Ufficio programma"}, {"*"})])
def test_whoever_does_not_see_the_case_finds_no_documents(desk, actor):
    document = desk.add()

    for attempt in (desk.listed, lambda a: desk.content(document, a), lambda a: desk.remove(document, a)):
        with pytest.raises(InstanceNotFound):
            attempt(actor)
    with pytest.raises(InstanceNotFound):
        desk.add(actor=actor)
    assert desk.contents() == [document.sha256]


def test_analyst_and_coordinator_reach_the_documents_of_a_forwarded_case(store, now, facilities):
    desk = Desk(store, facilities, Played(store, now).forwarded().case.id)
    document = desk.add(actor=SARA)

    assert desk.content(document, PAOLO) == PAPER
    desk.remove(document, PAOLO)
    assert [actor for actor, _ in desk.notes()] == ["sara", "paolo"]


def test_a_document_of_another_case_is_not_there(desk, store, now, facilities):
    other = Desk(store, facilities, Played(store, now).registered().case.id)
    document = other.add()

    with pytest.raises(DocumentNotFound):
        desk.content(document)
    with pytest.raises(DocumentNotFound):
        desk.remove(document)


def test_the_requester_sees_what_they_brought_and_deletes_what_they_added(desk):
    internal = desk.add(pdf(b"verbale"), "verbale.pdf")
    brought = desk.add(pdf(b"su carta"), "a voce.pdf", from_requester=True)
    own = desk.add(pdf(b"foto"), "foto.pdf", REQUESTER)

    assert desk.listed(REQUESTER) == ["a voce.pdf", "foto.pdf"]
    assert desk.content(brought, REQUESTER) == pdf(b"su carta")
    for document in (internal, brought):
        with pytest.raises(DocumentNotFound):
            desk.remove(document, REQUESTER)
    desk.remove(own, REQUESTER)
    assert desk.listed() == ["verbale.pdf", "a voce.pdf"]


def test_a_requester_finds_no_case_of_another_comune(store, now, facilities):
    played = Played(store, now, actor=LIA, istat=QUAGLIUZZO).registered()

    with pytest.raises(InstanceNotFound):
        Desk(store, facilities, played.case.id).add(actor=REQUESTER)


def test_a_closed_case_takes_no_more_documents_but_still_lets_them_go(store, now, facilities):
    played = Played(store, now).registered()
    desk = Desk(store, facilities, played.case.id)
    document = desk.add()
    played.withdrawn()

    with pytest.raises(InstanceNotRunning):
        desk.add(pdf(b"tardi"))
    desk.remove(document)
    assert desk.contents() == []


def test_a_case_has_no_more_documents_than_it_may(desk, monkeypatch):
    monkeypatch.setattr(documents, "MOST", 2)
    for number in range(2):
        desk.add(pdf(b"%d" % number))

    with pytest.raises(TooManyDocuments):
        desk.add(pdf(b"uno di troppo"))
    assert len(desk.contents()) == 2


def test_a_content_that_changed_on_the_disk_is_not_given_out(desk):
    document = desk.add()
    (path,) = (path for path in desk.facilities.files.folder.rglob("*") if path.is_file())
    path.write_bytes(PAPER.replace(b"preventivo", b"consuntivo"))

    with pytest.raises(DocumentLost):
        desk.content(document)


def test_a_content_that_is_missing_is_said_to_be_missing(desk):
    document = desk.add()
    desk.facilities.files.remove(document.sha256)

    with pytest.raises(DocumentLost):
        desk.content(document)
    assert files.sweep(desk.store, desk.facilities.files).missing == (document.sha256,)


def test_erasing_a_case_takes_its_documents_along(desk, store):
    for number in range(3):
        desk.add(pdf(b"%d" % number))

    with store.unit_of_work() as uow:
        assert files.remove_all(uow, desk.facilities, desk.case_id) == 3

    assert desk.contents() == []


def test_a_download_is_named_by_number_and_place_alone(desk, store):
    document = desk.add(name="Come funziona la mia invenzione.PDF")
    with store.snapshot() as uow:
        case = cases.get(uow, desk.case_id, MARTA)

    assert files.neutral_name(case.number, document) == f"{case.number}-documento-1.pdf"

"""Contents on the disk: whole or not there, shared by who has the same, gone with the last of them, on both databases."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import EXTENSION, Facilities, files
from desk.errors import DocumentRefused
from desk.files import FolderStorage, contents
from engine.store import Store
from tests.kit.hostile_files import pdf
from tests.kit.played import Played
from tests.kit.small_desk import MARTA

PAPER = pdf(b"un preventivo")


@pytest.fixture
def storage(tmp_path):
    return FolderStorage(tmp_path / "documenti")


def kept(storage, content):
    with storage.stage([content]) as staged:
        storage.put(staged)
    return staged.sha256


def on_disk(storage):
    return [path for path in storage.folder.rglob("*") if path.is_file()]


@settings(deadline=None, max_examples=25)  # each example waits for the disk
@given(st.lists(st.binary(max_size=50)))
def test_what_is_put_is_read_again_and_removed(tmp_path_factory, chunks):
    storage = FolderStorage(tmp_path_factory.mktemp("contents"))
    with storage.stage(chunks) as staged:
        storage.put(staged)

    assert list(storage.digests()) == [staged.sha256]
    with storage.open(staged.sha256) as content:
        assert content.read() == b"".join(chunks)
    assert staged.size == sum(map(len, chunks))
    storage.remove(staged.sha256)
    storage.remove(staged.sha256)
    assert not storage.exists(staged.sha256)
    assert on_disk(storage) == []


def test_the_same_content_is_kept_once(storage):
    assert kept(storage, PAPER) == kept(storage, PAPER)
    assert len(on_disk(storage)) == 1


def test_only_the_program_reads_the_files(storage):
    kept(storage, PAPER)

    assert {path.stat().st_mode & 0o777 for path in on_disk(storage)} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in storage.folder.iterdir()} == {0o700}


def test_a_content_that_breaks_off_leaves_nothing(storage):
    def broken():
        yield b"mezzo"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        storage.stage(broken())

    assert on_disk(storage) == []


def test_a_content_nobody_keeps_is_dropped(storage):
    with storage.stage([PAPER]):
        pass

    assert on_disk(storage) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "/.."])
def test_no_name_but_a_digest_leads_anywhere(storage, name):
    for attempt in (storage.open, storage.exists, storage.remove):
        with pytest.raises(FileNotFoundError):
            attempt(name)


def test_what_a_crash_left_while_arriving_is_forgotten_after_an_hour(storage):
    staged = storage.stage([PAPER])
    now = datetime.fromtimestamp(staged.path.stat().st_mtime, UTC)

    assert storage.tidy(now + timedelta(minutes=59)) == 0
    assert storage.tidy(now + timedelta(minutes=61)) == 1
    assert on_disk(storage) == []


@pytest.fixture
def desk(furnished_url):
    store = Store(furnished_url, extensions=(EXTENSION,))  # the disk's clock is the true one
    yield store
    store.close()


def add(store, facilities, case_id, content=PAPER):
    with files.receive(facilities, "a.pdf", BytesIO(content)) as upload, store.unit_of_work() as uow:
        return files.attach(uow, facilities, case_id, upload, MARTA)


def test_a_sweep_removes_what_a_crash_left_and_nothing_else(desk, now, storage):
    facilities = Facilities(files=storage)
    document = add(desk, facilities, Played(desk, now).case.id)
    orphan = kept(storage, b"rimasto indietro")

    found = files.sweep(desk, storage)

    assert (found.removed, found.missing) == (1, ())
    assert not storage.exists(orphan)
    assert storage.exists(document.sha256)


def test_a_file_that_does_not_get_into_the_database_goes_and_what_a_crash_leaves_is_swept(desk, now, storage):
    facilities, case_id = Facilities(files=storage), Played(desk, now).case.id

    with (
        pytest.raises(RuntimeError),
        files.receive(facilities, "a.pdf", BytesIO(PAPER)) as upload,
        desk.unit_of_work() as uow,
    ):
        files.attach(uow, facilities, case_id, upload, MARTA)
        assert list(storage.digests())
        raise RuntimeError

    assert list(storage.digests()) == []
    kept(storage, PAPER)
    assert files.sweep(desk, storage).removed == 1
    assert on_disk(storage) == []


def test_adding_deleting_and_sweeping_at_once_never_lose_a_content(desk, now, storage):
    facilities = Facilities(files=storage)
    cases = [Played(desk, now).case.id for _ in range(4)]
    failures, ended = [], threading.Event()

    def come_and_go(case_id):
        try:
            for _ in range(8):
                document = add(desk, facilities, case_id)
                with desk.snapshot() as uow:
                    files.read(uow, facilities, case_id, document.id, MARTA)[1].close()
                with desk.unit_of_work() as uow:
                    files.remove(uow, facilities, case_id, document.id, MARTA)
        except Exception as problem:
            failures.append(problem)

    def keep_sweeping():
        while not ended.is_set():
            files.sweep(desk, storage)

    sweeper = threading.Thread(target=keep_sweeping)
    people = [threading.Thread(target=come_and_go, args=(case_id,)) for case_id in cases]
    for thread in (sweeper, *people):
        thread.start()
    for thread in people:
        thread.join()
    ended.set()
    sweeper.join()

    assert failures == []
    assert on_disk(storage) == []


def test_twenty_uploads_of_one_file_to_one_case_are_one_document(desk, now, storage):
    facilities, case_id = Facilities(files=storage), Played(desk, now).case.id
    found = []
    threads = [threading.Thread(target=lambda: found.append(add(desk, facilities, case_id).id)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 20
    assert len(set(found)) == 1


def test_a_content_is_on_the_disk_before_it_has_its_name(storage, monkeypatch):
    done = []
    really = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append(("fsync", on_disk(storage))), really(handle)))

    digest = kept(storage, PAPER)

    first_named = next(at for at, (_, paths) in enumerate(done) if any(path.name == digest for path in paths))
    assert first_named > 0  # the content was flushed while it had no name
    assert len(done) > first_named  # and the folder with its name after it


def test_a_file_larger_than_it_may_be_is_not_read_to_its_end(storage):
    class Endless:
        taken = 0

        def read(self, size):
            self.taken += size
            return b"\0" * size

    endless = Endless()
    with pytest.raises(DocumentRefused), files.receive(Facilities(files=storage), "a.pdf", endless):
        pass

    assert endless.taken < files.LARGEST + 1024 * 1024
    assert on_disk(storage) == []


def test_a_disk_that_fails_after_the_commit_loses_nothing_but_time(desk, now, storage, monkeypatch):
    facilities, case_id = Facilities(files=storage), Played(desk, now).case.id
    document = add(desk, facilities, case_id)
    with monkeypatch.context() as broken:
        broken.setattr(contents, "_discarded", lambda *_: (_ for _ in ()).throw(OSError))
        with desk.unit_of_work() as uow:
            files.remove(uow, facilities, case_id, document.id, MARTA)

    assert storage.exists(document.sha256)
    assert files.sweep(desk, storage).removed == 1

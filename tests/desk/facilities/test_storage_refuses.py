"""A storage that is missing, read-only or full: an upload leaves neither row nor file, and says so as a refusal."""

import shutil
import subprocess
from contextlib import contextmanager
from io import BytesIO

import pytest

from desk import EXTENSION, Facilities, files
from desk.envelope import KeyRing, new_key
from desk.errors import DocumentLost, NotAllowed, StorageUnavailable
from desk.files import FolderStorage
from desk.upkeep import outages
from desk.upkeep.outages import Outage, OutageKind
from engine import Store, history
from tests.kit.hostile_files import pdf
from tests.kit.played import Played
from tests.kit.small_desk import ADMINISTRATOR, MARTA

PAPER = pdf(b"un preventivo")
RING = KeyRing.read(new_key("prova"))


@pytest.fixture
def facilities(tmp_path):
    return Facilities(files=FolderStorage(tmp_path / "documenti"), envelope_keys=RING)


@pytest.fixture
def case(store, now):
    return Played(store, now).registered().case


def add(store, facilities, case, paper=PAPER):
    with files.receive(facilities, "a.pdf", BytesIO(paper)) as upload, store.unit_of_work() as uow:
        return files.attach(uow, facilities, case.id, upload, MARTA).id


def lines(store, case):
    with store.snapshot() as uow:
        return len(files.of_case(uow, case.id, MARTA)), len(history.read(uow, case.id))


def on_disk(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def lacking(store, facilities):
    with store.snapshot() as uow:
        return outages.outages(uow, facilities, ADMINISTRATOR)


@contextmanager
def small_disk(folder, *options):
    """Lay a disk of 64 kB over a folder, where the system lets a test do so."""
    folder.mkdir(exist_ok=True)
    if shutil.which("mount") is None:
        pytest.skip("no mount here")
    asked = ["mount", "-t", "tmpfs", "-o", ",".join(("size=64k", *options)), "sportello-test", str(folder)]
    if subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("this system lets no test mount a disk")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_takes_no_half_document(store, facilities, case):
    before = lines(store, case)

    with small_disk(facilities.files.folder):
        with pytest.raises(StorageUnavailable) as refused:
            add(store, facilities, case, pdf(b"a" * 100_000))
        assert refused.value.full
        assert on_disk(facilities.files.folder) == []
        assert lines(store, case) == before
        assert add(store, facilities, case)
        with pytest.raises(OSError, match="space"), (facilities.files.folder / "altro").open("wb", buffering=0) as rest:
            while rest.write(bytes(4096)):
                pass
        assert lacking(store, facilities) == [Outage(OutageKind.STORAGE_FULL)]


def test_a_read_only_disk_takes_nothing(store, facilities, case):
    before = lines(store, case)

    with small_disk(facilities.files.folder, "ro"):
        with pytest.raises(StorageUnavailable) as refused:
            add(store, facilities, case)
        assert not refused.value.full
        assert lines(store, case) == before
        assert lacking(store, facilities) == [Outage(OutageKind.STORAGE_UNUSABLE)]


def test_something_else_in_place_of_the_folder_takes_and_gives_nothing(store, facilities, case):
    document = add(store, facilities, case)
    before = lines(store, case)
    facilities.files.folder.rename(facilities.files.folder.with_name("altrove"))
    facilities.files.folder.write_bytes(b"non sono una cartella")

    with pytest.raises(StorageUnavailable):
        add(store, facilities, case, pdf(b"un altro"))
    with pytest.raises(StorageUnavailable), store.snapshot() as uow:
        files.read(uow, facilities, case.id, document, MARTA)

    assert lines(store, case) == before
    assert lacking(store, facilities) == [Outage(OutageKind.STORAGE_UNUSABLE), Outage(OutageKind.DOCUMENTS_GONE)]


def test_a_disk_that_is_not_there_is_not_a_lost_document(store, facilities, case):
    document = add(store, facilities, case)
    away = facilities.files.folder.rename(facilities.files.folder.with_name("altrove"))

    with pytest.raises(StorageUnavailable), store.snapshot() as uow:
        files.read(uow, facilities, case.id, document, MARTA)

    away.rename(facilities.files.folder)
    shutil.rmtree(facilities.files.folder)
    facilities.files.folder.mkdir()
    with pytest.raises(StorageUnavailable), store.snapshot() as uow:
        files.read(uow, facilities, case.id, document, MARTA)


def test_a_single_content_that_is_gone_is_lost(store, facilities, case):
    document = add(store, facilities, case)
    add(store, facilities, case, pdf(b"un altro"))
    with store.snapshot() as uow:
        gone = files.get(uow, case.id, document, MARTA).sha256
    (facilities.files.folder / gone[:2] / gone).unlink()

    with pytest.raises(DocumentLost), store.snapshot() as uow:
        files.read(uow, facilities, case.id, document, MARTA)


def test_what_another_document_has_stays_when_a_transaction_fails(store, facilities, case):
    add(store, facilities, case)

    with (
        pytest.raises(ZeroDivisionError),
        files.receive(facilities, "a.pdf", BytesIO(PAPER)) as upload,
        store.unit_of_work() as uow,
    ):
        files.attach(uow, facilities, case.id, upload, MARTA, from_requester=True)
        1 / 0  # noqa: B018

    assert len(on_disk(facilities.files.folder)) == 1


def test_nothing_is_lacking_where_all_is_well_and_only_the_administrator_asks(store, facilities, case):
    add(store, facilities, case)

    assert lacking(store, facilities) == []
    assert len(on_disk(facilities.files.folder)) == 1
    with pytest.raises(NotAllowed), store.snapshot() as uow:
        outages.outages(uow, facilities, MARTA)


def test_a_fresh_desk_has_a_storage_from_its_first_document_on(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'nuovo.db'}", extensions=(EXTENSION,))
    store.migrate()

    assert lacking(store, Facilities(files=FolderStorage(tmp_path / "a" / "b"), envelope_keys=RING)) == []
    store.close()

from io import BytesIO

import pytest
from click.testing import CliRunner

from desk import files
from tests.kit.hostile_files import pdf
from tests.kit.pages import MARTA
from tests.kit.walked import Walked
from web.commands import Wiring, sportello
from web.facilities import facilities_of
from web.settings import Mode, Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(mode=Mode.TEST, secret_key="x" * 40, database_url="", folder=tmp_path)


@pytest.fixture
def sweep(store, settings):
    wiring = Wiring(lambda: settings, lambda _: store, "")
    return lambda: CliRunner().invoke(sportello, ["files", "sweep"], obj=wiring)


@pytest.fixture
def document(store, clock, settings):
    case, facilities = Walked(store, clock).case, facilities_of(settings)
    with files.receive(facilities, "a.pdf", BytesIO(pdf())) as upload, store.unit_of_work() as uow:
        return files.attach(uow, facilities, case.id, upload, MARTA)


def test_a_sweep_says_what_it_removed(sweep, settings, document):
    storage = facilities_of(settings).files
    with storage.stage([b"rimasto indietro"]) as staged:
        storage.put(staged)

    done = sweep()

    assert (done.exit_code, done.output) == (0, "File tolti: 1. Arrivi interrotti tolti: 0.\n")
    assert list(storage.digests()) == [document.sha256]


def test_a_sweep_names_what_is_missing(sweep, settings, document):
    facilities_of(settings).files.remove(document.sha256)

    done = sweep()

    assert done.exit_code == 1
    assert f"Manca {document.sha256}" in done.output

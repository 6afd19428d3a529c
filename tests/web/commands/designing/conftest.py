"""A designer's folder and command line: a copy of the process that comes with the program, and an empty database."""

import shutil

import pytest
from click.testing import CliRunner

from desk import EXTENSION
from engine import Store
from tests.kit.places import ROOT
from web.commands import Wiring, sportello


@pytest.fixture
def process(tmp_path):
    """Copy the process that comes with the program, to break it."""
    for kind in ("processes", "forms"):
        shutil.copytree(ROOT / kind / "richiesta", tmp_path / kind / "richiesta")
    return tmp_path / "processes" / "richiesta"


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'prova.db'}", extensions=(EXTENSION,))
    store.migrate()
    yield store
    store.close()


@pytest.fixture
def run(store):
    """Run a verb of the command line on the database of the test."""
    wiring = Wiring(lambda: None, lambda _: store, "app:create_app")
    return lambda *words: CliRunner().invoke(sportello, list(map(str, words)), obj=wiring)

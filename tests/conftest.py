"""What every test may ask for: a store on each database, a clock that stands still."""

from __future__ import annotations

import gc
import shutil
import signal
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from tests.kit.databases import database_of
from tests.kit.places import ROOT
from tests.kit.postgres import in_memory, postgres_server
from tests.kit.times import NOON

BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def pytest_configure():
    """Let Ctrl+C end what tests start, though a shell that starts the suite in the background has it ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish():
    """What was collected stays to the end: look through it for garbage no more."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of outside test data beside the project; what needs it is skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the diagrams of betsy and of the MIWG are not in ../shared")
    return folder


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server of the tests' own, on a socket, gone with the session."""
    with postgres_server(in_memory()) as server:
        yield server.url


@pytest.fixture(scope="session")
def chromium(request):
    """Debian's Chromium, driven by Playwright; what needs it is skipped where one of them does not run."""
    lacking = _browser_lacks()
    if lacking:
        pytest.skip(f"the browser tests need Chromium, libatomic1 and the built pages: {lacking}")
    driver = request.getfixturevalue("playwright")  # asked for only now: it fails where its own Node.js does not run
    browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=BROWSER)
    yield browser
    browser.close()


def _browser_lacks():
    import playwright

    from web.assets import bundle

    driver = Path(playwright.__file__).parent / "driver" / "node"
    if (
        shutil.which("chromium") is None
        or subprocess.run([driver, "--version"], capture_output=True, check=False).returncode
    ):
        return "apt install chromium libatomic1"
    return "" if bundle.MANIFEST.exists() else "python -m web.assets"


@pytest.fixture
def postgres_database(postgres):
    """An empty database of this test's own."""
    with database_of(postgres) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """The same test on a SQLite file and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/desk.db"
    return request.getfixturevalue("postgres_database")


@pytest.fixture(scope="session")
def quick_hashes():
    """Let passwords cost little: what they cost in earnest is a test of its own, given what it is here."""
    from argon2 import PasswordHasher

    from desk.people import passwords

    earnest, passwords.hasher = passwords.hasher, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield earnest
    passwords.hasher = earnest

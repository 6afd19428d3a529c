"""What ``sportello start`` refuses before it opens, and a demonstration that is whole whatever stopped it."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from app import open_store
from desk import demo, people
from desk.model import Case, User
from tests.kit.environment import GOOD
from tests.kit.times import wait_until
from tests.started import free_port
from web.commands import Wiring, sportello
from web.settings import Settings

ROOT = Path(__file__).parents[3]
IN_ALL = 60


@pytest.fixture
def start(tmp_path):
    """Run ``sportello start`` in this process, in the mode that is said, until it refuses."""

    def run(*words, **more):
        said = {"SPORTELLO_MODE": "demo", "SPORTELLO_FOLDER": str(tmp_path / "var")} | more
        wiring = Wiring(lambda: Settings.from_environment(said), open_store, "app:create_app")
        done = CliRunner().invoke(sportello, ["start", *map(str, words)], obj=wiring)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    return run


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", free_port())) as listening:
        yield listening.getsockname()[1]


def test_a_port_in_use_is_refused_before_anything_is_prepared(start, taken, tmp_path):
    refused = start("--port", taken)

    assert refused.exit_code == 1
    assert f"La porta {taken} è già usata da un altro programma" in refused.output
    assert "è aperto:" not in refused.output
    assert not (tmp_path / "var" / "sportello.db").exists()


@pytest.mark.parametrize("address", ["203.0.113.7", "non-esiste.example", "300.1.1.1"])
def test_an_address_of_another_machine_is_refused_in_words(start, address):
    refused = start("--address", address, "--port", free_port())

    assert refused.exit_code == 1
    assert f"«{address}» non è un indirizzo di questa macchina" in refused.output


@pytest.mark.parametrize(
    "words", [("--port", "0"), ("--port", "70000"), ("--port", "-1"), ("--port", "x"), ("--workers", "0")]
)
def test_an_impossible_port_or_number_of_processes_is_refused(start, words):
    refused = start(*words)

    assert refused.exit_code == 2
    assert words[0] in refused.output
    assert words[1] in refused.output


@pytest.mark.skipif(
    int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text()) == 0, reason="every port is free to all here"
)
def test_a_privileged_port_is_refused_in_words_to_an_ordinary_user(start):
    if os.getuid() == 0:
        os.seteuid(65534)
    try:
        refused = start("--port", "81", **{name: GOOD[name] for name in GOOD if name != "SPORTELLO_MODE"})
    finally:
        if os.getuid() == 0:
            os.seteuid(0)

    assert refused.exit_code == 1
    assert "La porta 81 è riservata a chi amministra la macchina" in refused.output


def counts(url):
    store = open_store(Settings.from_environment({"SPORTELLO_MODE": "test", "SPORTELLO_DATABASE_URL": url}))
    try:
        with store.snapshot() as uow:
            return tuple(uow.connection.scalar(select(func.count()).select_from(each)) for each in (User, Case))
    finally:
        store.close()


class Started:
    """``sportello start`` as a program of its own."""

    def __init__(self, database, folder):
        self.port, self.log = free_port(), folder / f"log{free_port()}"
        said = {"SPORTELLO_MODE": "demo", "SPORTELLO_FOLDER": str(folder), "SPORTELLO_DATABASE_URL": database}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [Path(sys.executable).with_name("sportello"), "start", "--port", str(self.port)],
                env=os.environ | said,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )

    def says(self, words):
        assert self.process.poll() is None or words in self.log.read_text(), self.log.read_text()
        return words in self.log.read_text()

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        self.process.wait(30)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_demonstration_stopped_in_the_middle_is_whole_at_the_next_start(tmp_path):
    database = f"sqlite:///{tmp_path}/desk.db"
    first = Started(database, tmp_path)
    wait_until(lambda: first.says("Preparo"), 120)
    first.end(signal.SIGKILL)

    second = Started(database, tmp_path)
    wait_until(lambda: second.says("è aperto:"), 180)
    second.end()

    assert counts(database) == (len(demo.ACCOUNTS), IN_ALL)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_demonstration_started_twice_at_once_is_made_once(tmp_path):
    database = f"sqlite:///{tmp_path}/desk.db"
    both = [Started(database, tmp_path), Started(database, tmp_path)]
    for each in both:
        wait_until(lambda each=each: each.says("è aperto:"), 180)
    for each in both:
        each.end()

    assert counts(database) == (len(demo.ACCOUNTS), IN_ALL)
    assert sum("Preparo" in each.log.read_text() for each in both) == 1


def test_half_a_demonstration_is_made_again(tmp_path):
    store = open_store(Settings.from_environment({"SPORTELLO_MODE": "demo", "SPORTELLO_FOLDER": str(tmp_path)}))
    store.migrate()
    with store.unit_of_work() as uow:
        demo.furnish(uow, uow.now.date())

    assert not demo.is_whole(store)
    demo.clear(store)

    with store.snapshot() as uow:
        assert list(people.everyone(uow)) == []
    store.close()


@pytest.mark.parametrize("command", ["start", "worker"])
def test_a_real_desk_takes_no_database_with_invented_people(tmp_path, command):
    said = GOOD | {"SPORTELLO_DATABASE_URL": f"sqlite:///{tmp_path}/desk.db", "SPORTELLO_FOLDER": str(tmp_path)}
    store = open_store(Settings.from_environment(said))
    store.migrate()
    with store.unit_of_work() as uow:
        demo.furnish(uow, uow.now.date())

    words = [command] + ["--port", str(free_port())] * (command == "start")
    wiring = Wiring(lambda: Settings.from_environment(said), lambda _: store, "app:create_app")
    refused = CliRunner().invoke(sportello, words, obj=wiring)

    assert refused.exit_code == 1
    assert re.search(r"utenze dimostrative attive.*: amina, dario, .*ugo", refused.output)
    store.close()

"""What README and the administrator's guide say of production, given command by command in a clean folder.

The folders of the machine that they name lie in the test's own, the user ``sportello`` is whoever runs the test, and
what systemd would do with its units is done here: their commands are started with the settings it would read.
"""

import contextlib
import getpass
import http.client
import http.cookiejar
import os
import pty
import re
import shlex
import signal
import subprocess
import urllib.parse
import urllib.request
from pathlib import Path

import psycopg
import pytest

from tests.kit.places import ROOT
from tests.kit.postgres import postgres_server
from tests.kit.times import wait_until
from tests.started import free_port
from web.commands import serving

GUIDE = (ROOT / "docs" / "gestore.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
PASSWORD = "parola lunga abbastanza"
OF_THE_DATABASE = "parolaSegreta42"
FOREVER = re.compile(r"sportello (?:start|worker)\b")
NOT_HERE = re.compile(r"^(?:useradd|systemctl) |<numero>")
"""What would change the machine itself, and what asks for a number that nothing has yet."""
PATHS = re.compile(r"(?<![\w.])/(?=(?:srv|etc|var|root)/)")
ASKED = re.compile(rb"(?:Password|di nuovo): $")


def section(document, heading):
    return re.search(rf"^## {heading}\n(.+?)(?=^## |\Z)", document, re.MULTILINE | re.DOTALL)[1]


def blocks(document, heading, language="sh"):
    return re.findall(rf"```{language}\n(.+?)```", section(document, heading), re.DOTALL)


class Machine:
    """A machine of its own for the guides: its folders, its PostgreSQL, the programs that are left running."""

    def __init__(self, root, database, database_port):
        self.root, self.database, self.database_port = root, database, database_port
        self.port, self.running = free_port(), []
        for name in ("root", "etc", "var/lib", "var/backups", "srv"):
            (root / name).mkdir(parents=True)
        self.folder, self.before = root, ""
        published(root / "origin.git")
        mine = {name: text for name, text in os.environ.items() if not name.startswith(("SPORTELLO_", "PYTHON"))}
        self.environment = mine | {
            "HOME": str(root / "root"),
            "PATH": f"{database.programs}:{os.environ['PATH']}",
            "PGPORT": str(database_port),
            "PGPASSFILE": str(root / "root" / ".pgpass"),
        }

    def here(self, text):
        """Put what a guide says onto this machine."""
        for said, meant in {
            "<indirizzo del codice>": str(self.root / "origin.git"),
            "<password>": OF_THE_DATABASE,
            "-o sportello": f"-o {getpass.getuser()}",
            "exec setpriv --reuid=sportello --regid=sportello --clear-groups": "exec",
            "localhost:5432:": f"localhost:{self.database_port}:",
            "--no-jobs": f"--no-jobs --port {self.port}",
        }.items():
            text = text.replace(said, meant)
        return PATHS.sub(f"{self.root}/", text)

    def play(self, block):
        """Give the commands of a block, those that last for ever in windows of their own; give what the others say."""
        lines = [line for line in self.here(block).splitlines() if not NOT_HERE.search(line)]
        told = "\n".join(line for line in lines if not FOREVER.search(line))
        status, said = at_a_terminal(f"{self.before}\n{told}", self.folder, self.environment)
        assert status == 0, said
        if told.startswith("sportello() {"):
            self.before += told
        for line in lines:
            self.before += f"\n{line}" if line.startswith("set -a") else ""
            self.folder = Path(line.split()[1]) if line.startswith("cd ") else self.folder
        for line in lines:
            if FOREVER.search(line):
                self.start(["bash", "-c", f"{self.before}\n{line.partition('#')[0]}"], self.environment)
        return said

    def start(self, command, environment):
        log = (self.root / f"log{len(self.running)}").open("w+")  # open as long as it runs
        how = {"env": environment, "cwd": self.folder, "stdout": log, "stderr": log, "start_new_session": True}
        self.running.append((subprocess.Popen(command, **how), log))

    def is_well(self):
        for process, log in self.running:
            log.seek(0)
            assert process.poll() is None, log.read()
        try:
            return "bene" in page(self, "/salute")
        except (OSError, http.client.HTTPException):
            return False

    def start_afresh(self):
        """Forget what was set so far and end what runs, as whoever closes all the windows."""
        self.stop()
        self.before = ""

    def stop(self):
        for process, log in self.running:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)
            log.close()
        self.running.clear()
        wait_until(self.nobody_has_the_port)  # the shell that started a program ends before it

    def nobody_has_the_port(self):
        with contextlib.suppress(OSError), serving.hold_port("127.0.0.1", self.port):
            return True
        return False

    def keep_the_password(self, line):
        file = self.root / "root" / ".pgpass"
        file.touch(0o600)
        file.write_text(self.here(line))

    def administer(self, *statements):
        """Give statements to the server as its owner, as ``psql`` does for ``postgres``."""
        with psycopg.connect(
            f"host={self.database.folder} port={self.database_port} user=postgres", autocommit=True
        ) as owner:
            for statement in statements:
                owner.execute(statement)


def published(folder):
    """Put what is checked out here where a server may clone and pull it."""
    run = lambda *words: subprocess.run(["git", *words], check=True, capture_output=True, text=True, cwd=ROOT).stdout  # noqa: E731
    head = run("rev-parse", "HEAD").strip()
    run("clone", "--bare", str(ROOT), str(folder))
    run("-C", str(folder), "update-ref", "refs/heads/main", head)
    run("-C", str(folder), "symbolic-ref", "HEAD", "refs/heads/main")


def at_a_terminal(script, folder, environment):
    """Run a script at a terminal, and type the password whenever one is asked for."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execvpe("bash", ["bash", "-euo", "pipefail", "-c", script], environment)
    said = b""
    while True:
        try:
            said += os.read(terminal, 4096)
        except OSError:  # it has ended
            break
        if ASKED.search(said):
            os.write(terminal, f"{PASSWORD}\n".encode())
    ended = os.waitpid(child, 0)[1]  # before the terminal closes, which would be told it by a signal
    os.close(terminal)
    return os.waitstatus_to_exitcode(ended), said.decode(errors="replace")


def as_systemd_reads(file):
    """Read an ``EnvironmentFile``: a name and a value on each line, quoted as in a shell, nothing in it expanded."""
    lines = [line for line in file.read_text().splitlines() if line and line[0] not in "#;"]
    return {name: "".join(shlex.split(value)) for name, _, value in (line.partition("=") for line in lines)}


@pytest.fixture
def machine(tmp_path):
    port = free_port()
    with postgres_server(port=port) as database:
        opened = Machine(tmp_path / "machine", database, port)
        yield opened
        opened.stop()


def create(machine, *, again=False):
    """Make the user and the database of the guide."""
    statements = machine.here(blocks(GUIDE, "Installare", "sql")[0]).strip().split("\n")
    if again:
        machine.administer("DROP DATABASE sportello WITH (FORCE)", statements[1])
    else:
        machine.administer(*statements)


def start_units(machine):
    """Do what systemd does with the two units of the guide."""
    unit = machine.here(blocks(GUIDE, "Tenerlo acceso", "ini")[0])
    other = machine.here(re.search(r"`ExecStart=(.+?)`", section(GUIDE, "Tenerlo acceso"))[1])
    told = re.search(r"^EnvironmentFile=(.+)$", unit, re.MULTILINE)[1]
    kept = {name: machine.environment[name] for name in ("PATH", "PGPORT")}
    for command in (re.search(r"^ExecStart=(.+)$", unit, re.MULTILINE)[1], other):
        machine.start(command.split(), kept | as_systemd_reads(Path(told)))
    wait_until(machine.is_well, 90)


def page(machine, path="/"):
    """Ask for a page as the proxy does for whoever comes."""
    told = {"Host": "sportello.comune.example", "X-Forwarded-Proto": "https"}
    asked = urllib.request.Request(f"http://127.0.0.1:{machine.port}{path}", headers=told)
    with urllib.request.urlopen(asked, timeout=5) as answer:
        return answer.read().decode()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_both_guides_can_be_followed_to_an_open_desk_and_back_from_a_backup(machine):
    install, settings, function, first_people, by_hand, first_desk = blocks(GUIDE, "Installare")
    create(machine)
    machine.play(install)

    machine.play(blocks(README, "In production")[0])
    wait_until(machine.is_well, 90)
    machine.start_afresh()
    create(machine, again=True)

    for block in (settings, function, first_people, by_hand):
        machine.play(block)
    wait_until(machine.is_well, 90)
    machine.stop()
    start_units(machine)
    machine.play(first_desk)
    assert "Burolo" in page(machine)

    save, restore = blocks(GUIDE, "Salvare e ripristinare")
    machine.keep_the_password(re.search(r"`(localhost:5432:.+?)`", GUIDE)[1])
    machine.play(save)
    machine.stop()
    create(machine, again=True)
    machine.play(restore)
    start_units(machine)
    assert "Burolo" in page(machine)

    for heading in ("Aggiornare", "I processi", "I lavori fermi", "Le persone"):
        machine.play("\n".join(blocks(GUIDE, heading)))

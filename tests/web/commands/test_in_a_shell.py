"""The command as a shell runs it: pipes that close, Ctrl+C, bytes that are no text, a terminal that is asked."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desk import EXTENSION, people
from engine.store import Store
from tests.started import free_port
from tests.web.commands.conftest import ENGLISH

ROOT = Path(__file__).parents[3]
SPORTELLO = [sys.executable, "-c", "from sportello import main; main()"]
WITHOUT_TERMINAL = {"stdin": subprocess.DEVNULL, "start_new_session": True}


@pytest.fixture
def shell(environment, furnished_desk):
    """The settings of a shell over a furnished desk."""
    own = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}  # a user's shell has none
    return own | environment | {"PYTHONPATH": str(ROOT)}


def ended(shell, *words, **more):
    """Run a command; give its status and what it said to people."""
    done = subprocess.run(
        [*SPORTELLO, *words], env=shell, stderr=subprocess.PIPE, check=False, **WITHOUT_TERMINAL, **more
    )
    said = done.stderr.decode()
    assert [word for word in ENGLISH if word in said] == []
    return done.returncode, said


def test_a_reader_that_goes_away_is_no_matter(shell):
    reading, writing = os.pipe()
    os.close(reading)

    status, said = ended(shell, "comune", "list", stdout=writing)

    os.close(writing)
    assert (status, said) == (1, "")


def test_a_disk_without_room_for_what_is_listed_is_told(shell):
    with Path("/dev/full").open("wb") as full:
        status, said = ended(shell, "retention", "figures", stdout=full)

    assert (status, said) == (1, "Errore: Il sistema ha risposto: sul disco non c’è più posto.\n")


def test_a_shell_that_shows_nothing_is_no_matter(shell):
    done = subprocess.run(["sh", "-c", '"$@" >&- 2>&-', "sh", *SPORTELLO, "comune", "list"], env=shell, check=False)

    assert done.returncode == 0


def test_a_terminal_without_our_signs_shows_others(shell):
    words = [*SPORTELLO, "comune", "find", "zzz"]

    done = subprocess.run(words, env=shell | {"PYTHONIOENCODING": "latin-1"}, capture_output=True, check=True)

    assert "Se manca l?elenco, caricalo con «sportello comune import»" in done.stderr.decode("latin-1")


@pytest.mark.parametrize("word", [b"Ada \xff", b"Ada\x1b[31m", b"Ada\nUgo"])
def test_bytes_that_are_no_line_of_text_are_refused(shell, word):
    status, said = ended(shell, "comune", "find", word, stdout=subprocess.DEVNULL)

    assert (status, "contiene segni che non sono testo su una riga" in said) == (2, True)


def test_a_file_that_cannot_be_read_to_its_end_is_told(shell):
    status, said = ended(shell, "verify-receipt", "/proc/self/mem", stdout=subprocess.DEVNULL)

    assert (status, said) == (1, "Errore: Il sistema ha risposto: il disco non risponde.\n")


def test_an_interruption_while_the_program_is_read_ends_it_quietly(shell, tmp_path):
    (tmp_path / "app.py").write_text(
        "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nimport time\ntime.sleep(60)\n"
    )

    status, said = ended(shell | {"PYTHONPATH": f"{tmp_path}:{ROOT}"}, "user", "list", cwd=tmp_path)

    assert (status, said) == (1, "\nInterrotto.\n")


def on_terminal(shell, answers, *words):
    """Run a command on a terminal of its own, typing an answer at each question; give its status and what was seen."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execve(sys.executable, [*SPORTELLO, *words], shell)  # a fixed program of ours
    seen = b""
    answers = list(answers)
    while True:
        try:
            seen += os.read(terminal, 4096)
        except OSError:  # the terminal is closed from the other side
            break
        if answers and seen.rstrip(b" ").endswith(b":"):
            os.write(terminal, answers.pop(0))
            seen += b"\n"
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), seen.decode()


def opens(shell, password):
    store = Store(shell["SPORTELLO_DATABASE_URL"], extensions=(EXTENSION,))
    with store.unit_of_work() as uow:
        found = people.authenticate(uow, "marta", password, "192.0.2.1") is not None
    store.close()
    return found


def test_a_password_is_asked_twice_and_not_shown(shell):
    answers = [b"una parola lunga\n", b"un'altra parola\n", b"parola nuova e lunga\n", b"parola nuova e lunga\n"]

    status, seen = on_terminal(shell, answers, "user", "password", "marta")

    assert (status, [word for word in ENGLISH if word in seen]) == (0, [])
    assert "hai scritto due cose diverse" in seen
    assert "parola nuova" not in seen
    assert opens(shell, "parola nuova e lunga")


def test_an_interruption_at_a_question_changes_nothing(shell):
    status, seen = on_terminal(shell, [b"\x03"], "user", "password", "marta")

    assert (status, "Interrotto." in seen, "Traceback" in seen) == (1, True, False)


def test_without_a_terminal_a_password_comes_from_a_file(shell, tmp_path):
    (tmp_path / "segreta.txt").write_text("parola nuova e lunga\n")

    assert ended(shell, "user", "password", "marta", "--password-file", str(tmp_path / "segreta.txt")) == (0, "")
    assert opens(shell, "parola nuova e lunga")
    status, said = ended(shell, "user", "password", "marta")
    assert (status, "--password-file" in said) == (2, True)


def test_a_worker_waits_for_its_database_and_says_why(shell):
    address = f"postgresql+psycopg://u:segreta@127.0.0.1:{free_port()}/nome"
    worker = subprocess.Popen(
        [*SPORTELLO, "worker"], env=shell | {"SPORTELLO_DATABASE_URL": address}, stderr=subprocess.PIPE
    )
    try:
        said = worker.stderr.readline().decode()
        assert worker.poll() is None
    finally:
        worker.send_signal(signal.SIGTERM)
        rest = worker.communicate(timeout=60)[1].decode()

    assert (worker.returncode, "non risponde" in said) == (0, True)
    assert not [word for word in ENGLISH if word in said + rest]
    assert "segreta" not in said + rest

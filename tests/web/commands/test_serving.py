"""Starting and stopping the program: one port, one word to stop, nobody left behind."""

import fcntl
import http.client
import os
import pty
import signal
import socket
import subprocess
import sys
import termios
import urllib.request
from pathlib import Path

import pytest

from tests.kit.times import wait_until
from tests.started import free_port
from web.commands import serving

ROOT = Path(__file__).parents[3]
PAGE = """
def make():
    def page(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"aperto"]
    return page
"""
PROGRAM = """
import sys
from functools import partial
from pathlib import Path
from web.commands import serving

def jobs():
    Path("jobs").write_text("here")
    time.sleep(600)

import time
held = serving.hold_port("127.0.0.1", int(sys.argv[1]))
parts = {"pages": partial(serving.serve, "pagina:make", held, 1), "jobs": jobs}
print("ended:" + serving.run(parts, held, lambda: print("open", flush=True)), flush=True)
"""
QUICKLY = serving.GRACE - 3
"""Seconds within which everything ends by itself, and is not cut off."""


def owning(terminal):
    """Let the program about to start be in front of a terminal."""
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as answer:
            return answer.read() == b"aperto"
    except (OSError, http.client.HTTPException):  # perhaps it ended in the middle of its answer
        return False


@pytest.fixture
def started(tmp_path):
    """Start pages and jobs as the program does; give its process and its port."""
    (tmp_path / "pagina.py").write_text(PAGE)
    (tmp_path / "programma.py").write_text(PROGRAM)
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{tmp_path}"}
    ended = []

    def start(**how):
        port = free_port()
        words = [sys.executable, "programma.py", str(port)]
        process = subprocess.Popen(words, env=environment, cwd=tmp_path, **{"stdout": subprocess.PIPE} | how)
        ended.append(process)
        assert process.stdout is None or process.stdout.readline() == b"open\n"
        assert answers(port)
        return process, port

    yield start
    for process in ended:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_answers_once_the_server_is_ended(started, end):
    server, port = started()

    server.send_signal(end)
    server.wait(60)

    wait_until(lambda: not answers(port))


@pytest.mark.parametrize(("number", "times"), [(signal.SIGTERM, 1), (signal.SIGTERM, 2), (signal.SIGINT, 5)])
def test_one_word_to_stop_is_enough_and_more_of_them_do_no_harm(started, number, times):
    server, port = started()

    for _ in range(times):
        server.send_signal(number)

    assert server.wait(QUICKLY) == 0
    assert server.stdout.read() == b"ended:\n"
    assert not answers(port)


def test_control_c_at_a_terminal_stops_everything_once(started):
    typed, terminal = pty.openpty()
    server, port = started(stdin=terminal, stderr=terminal, pass_fds=[terminal], preexec_fn=lambda: owning(terminal))

    os.write(typed, b"\x03")

    assert server.wait(QUICKLY) == 0
    assert not answers(port)
    os.close(typed)
    os.close(terminal)


def test_a_part_that_ends_by_itself_ends_the_others_and_is_named(started):
    server, port = started()
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    pages, jobs = map(int, children)

    os.kill(jobs, signal.SIGKILL)

    assert server.wait(QUICKLY) == 0
    assert server.stdout.read() == b"ended:jobs\n"
    assert not Path(f"/proc/{pages}").exists()
    assert not answers(port)


def test_a_port_is_one_program_s_alone_from_the_first_moment():
    port = free_port()
    with serving.hold_port("127.0.0.1", port), pytest.raises(OSError, match="in use"):
        serving.hold_port("127.0.0.1", port)

    serving.hold_port("127.0.0.1", port).close()


def test_the_connections_that_linger_of_the_last_run_keep_nobody_from_the_port():
    port = free_port()
    with socket.create_server(("127.0.0.1", port)) as listening, socket.create_connection(("127.0.0.1", port)):
        listening.accept()[0].close()  # the side that closes first lingers

    serving.hold_port("127.0.0.1", port).close()

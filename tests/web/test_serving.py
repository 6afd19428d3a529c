"""The processes that serve the pages end with the one that started them."""

import http.client
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import free_port, wait_until

ROOT = Path(__file__).parents[2]
PAGE = """
def make():
    def page(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"aperto"]
    return page
"""


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as answer:
            return answer.read() == b"aperto"
    except (OSError, http.client.HTTPException):  # perhaps it ended in the middle of its answer
        return False


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_answers_once_the_server_is_ended(tmp_path, end):
    (tmp_path / "pagina.py").write_text(PAGE)
    port = free_port()
    program = f"from web.serving import serve; serve('pagina:make', '127.0.0.1', {port}, 1)"
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{tmp_path}"}
    server = subprocess.Popen([sys.executable, "-c", program], env=environment, cwd=tmp_path)
    try:
        wait_until(lambda: answers(port), 60)
        server.send_signal(end)
        server.wait(60)

        wait_until(lambda: not answers(port))
    finally:
        server.kill()

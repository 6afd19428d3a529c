"""Twenty times the server is killed in the middle of completions: nothing half done, nothing lost that was promised."""

import http.client
import http.cookiejar
import random
import re
import threading
import time
import urllib.parse
import urllib.request
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from desk import EXTENSION
from engine import Store, tasks
from engine.model import process_instance
from tests.engine.test_execution import assert_rows_equal_state
from tests.kit.pages import MARTA, PASSWORD, furnish
from tests.kit.program import Server
from tests.kit.times import wait_until
from tests.kit.walked import Walked

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

ROUNDS, CASES = 20, 80
ANSWERS = {"verifica_esito": "inoltra", "titolo_controllato": "true", "ricevuta": "stampata", "_azione": "completa"}


class Browser:
    """Enough of a browser to sign in and send forms, from a thread that does not mind a dead server."""

    def __init__(self, address):
        self.address = address
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), Unmoved()
        )

    def get(self, path):
        with self.opener.open(self.address + path, timeout=60) as answer:
            return answer.read().decode()

    def post(self, page, path, fields):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page))[1]
        body = urllib.parse.urlencode({"csrf_token": token, **fields}).encode()
        try:
            with self.opener.open(self.address + path, body, timeout=60) as answer:
                return answer.status
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code


class Unmoved(urllib.request.HTTPRedirectHandler):
    """A redirect is the answer, not a way to go."""

    def redirect_request(self, *_):
        return None


@pytest.fixture
def power(tmp_path, quick_hashes):
    """A server over a desk with its people and Comuni, and nothing else."""
    server = Server(tmp_path, "test")
    store = Store(server.database, extensions=(EXTENSION,))
    store.migrate()
    furnish(store)
    store.close()
    yield server.start()
    server.kill()


def ready_tasks(store):
    """Bring requests of Burolo to where Marta checks and forwards them."""
    ids = []
    for _ in range(CASES):
        walked = Walked(store, store.clock).registered()
        with store.snapshot() as uow:
            ids.append(next(task.id for task in tasks.of_case(uow, walked.case.id) if task.state == "created"))
    return ids


class Ticking:
    def __init__(self):
        self.now = datetime.now(UTC)

    def __call__(self):
        return self.now


def complete_until_dark(address, ids, promised):
    browser = Browser(address)
    try:
        assert browser.post("/accedi", "/accedi", {"utente": "marta", "password": PASSWORD}) == 302
        while ids:
            task = ids[-1]
            status = browser.post("/attivita/", f"/attivita/{task}", ANSWERS)
            assert status in (302, 409), status  # 409: done just before the light went out
            promised.append(ids.pop())
    except (OSError, http.client.HTTPException):
        return  # the light went out, perhaps in the middle of a page


def test_a_power_cut_in_the_middle_of_completions_loses_nothing(power):
    store = Store(power.database, extensions=(EXTENSION,), clock=Ticking())
    ids = ready_tasks(store)
    promised = []

    for _ in range(ROUNDS):
        worker = threading.Thread(target=complete_until_dark, args=(power.address, ids, promised))
        before = len(promised)
        worker.start()
        wait_until(lambda start=before, thread=worker: len(promised) > start or not thread.is_alive(), 90)
        time.sleep(random.uniform(0, 0.3))
        power.kill()
        worker.join()
        power.start()

    assert len(promised) >= ROUNDS
    with store.snapshot() as uow:
        states = {task: tasks.get(uow, task, MARTA).state for task in promised}
        cases = uow.connection.execute(select(process_instance.c.id)).scalars().all()
    assert set(states.values()) == {"completed"}
    for case in cases:
        assert_rows_equal_state(store, case)
    store.close()

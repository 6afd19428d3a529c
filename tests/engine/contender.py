"""Processes, one for each user, that claim and complete the same tasks; each prints what it did and what it met."""

import collections
import os
import random
import sys
import time

from engine import Actor, Store, errors, tasks


def main(url: str, *users: str) -> None:
    for user in users:
        if os.fork() == 0:  # having loaded the program once for all of them; what they open is their own
            _contend(url, user)
            os._exit(0)
    for _ in users:
        os.wait()


def _contend(url: str, user: str) -> None:
    store, actor = Store(url), Actor(user, {"Referente"}, {"*"})
    met: collections.Counter[str] = collections.Counter()
    end = time.monotonic() + 90
    while time.monotonic() < end:
        with store.snapshot() as uow:
            items = tasks.queue(uow, actor, size=50).items
        if not items:
            break
        task = random.choice(items)
        try:
            with store.unit_of_work() as uow:
                tasks.claim(uow, task.id, actor)
            with store.unit_of_work() as uow:
                tasks.complete(uow, task.id, actor, {"chi": user})
            met["done"] += 1
        except errors.EngineError as refusal:
            met[type(refusal).__name__] += 1
        except Exception as failure:  # a lock error, for instance: none may reach a caller
            met[f"FAILURE {type(failure).__name__}: {failure}"] += 1
    os.write(sys.stdout.fileno(), f"{dict(met)}\n".encode())  # in one piece: eight write to the same pipe


main(*sys.argv[1:])

"""Serve the pages and run the jobs: the web server and one worker beside it, stopped together."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import Interfaces

from engine import worker

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.process import BaseProcess

    from engine import Store

THREADS = 4
ORPHAN_CHECK = 1.0


def serve(target: str, address: str, port: int, workers: int) -> None:
    """Serve the application that ``target`` (``module:factory``) makes, until a signal says stop.

    The processes that serve end with this one, however it ends: left alone they would go on answering on its port.
    """
    Granian(
        target,
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        log_enabled=False,
    ).serve(target_loader=partial(_made_beside, os.getpid()))


def _made_beside(parent: int, target: str) -> Callable[..., object]:
    """Make the application in a process of its own, which watches the one that started it."""
    threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()
    module, _, factory = target.partition(":")
    application: Callable[..., object] = getattr(import_module(module), factory)()
    return application


def work(open_store: Callable[[], Store]) -> None:
    """Run due jobs until a signal says stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker.run(open_store(), stop)


def work_beside(open_store: Callable[[], Store]) -> BaseProcess:
    """Start a worker process that ends when this one does, however it does."""
    process = multiprocessing.get_context("fork").Process(target=_child, args=(open_store, os.getpid()), daemon=True)
    process.start()
    return process


def _child(open_store: Callable[[], Store], parent: int) -> None:
    threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()
    logging.getLogger("engine").info("worker started")
    work(open_store)


def _leave_with(parent: int) -> None:
    """End the process once its parent is gone, even by ``kill -9``: a transaction under way is simply not committed."""
    waiting = threading.Event()
    while os.getppid() == parent:
        waiting.wait(ORPHAN_CHECK)
    os._exit(0)

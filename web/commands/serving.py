"""Serve the pages and run the jobs: start a process for each, wait for the signal to stop, end them all."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
import threading
import time
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from multiprocessing import connection
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import Interfaces

from engine import worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from multiprocessing.process import BaseProcess

    from engine.store import Store

THREADS = 4
STOP = (signal.SIGTERM, signal.SIGINT)
ORPHAN_CHECK = 1.0
"""Seconds between two looks at whether the program that started this process is still there."""
GRACE = 10
"""Seconds that what is under way has to end; then it is cut off, and its transaction is simply not committed."""
LOOK = 0.05


def hold_port(address: str, port: int) -> socket.socket:
    """Take a port for this program alone until it ends; its own processes may listen on it, nobody else.

    Raises:
        OSError: somebody has it, it may not be taken, or the address is not this machine's.

    """
    family, kind, _, _, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
    held = socket.socket(family, kind)
    try:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what lingers of the last run is nobody
        held.bind(place)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # only now: whoever comes later is refused
    except OSError:
        held.close()
        raise
    return held


def serve(target: str, held: socket.socket, workers: int) -> None:
    """Serve the application that ``target`` (``module:factory``) makes on a port that is held."""
    address, port = held.getsockname()[:2]
    Granian(
        target,
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        workers_kill_timeout=GRACE - 2,
        blocking_threads=THREADS,
        websockets=False,
        log_enabled=False,
    ).serve(target_loader=partial(_made_beside, os.getpid()))


def work(open_store: Callable[[], Store]) -> None:
    """Run due jobs until a signal says stop."""
    stop = threading.Event()
    runner = threading.Thread(target=worker.run, args=(open_store(), stop), daemon=True)
    with _word_to_stop() as heard:
        runner.start()
        logging.getLogger("engine").info("worker started")
        while runner.is_alive() and not connection.wait([heard], ORPHAN_CHECK):
            continue
    stop.set()
    runner.join(GRACE)
    if runner.is_alive():
        os._exit(0)


def run(parts: Mapping[str, Callable[[], None]], held: socket.socket, announce: Callable[[], None]) -> str:
    """Run each part in a process of its own until a signal says stop, and end them all.

    ``announce`` is called once somebody answers on the port. Gives the name of a part that ended by itself, which ends
    the others too; an empty one when it was the signal.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP)
    processes = {name: _start(part) for name, part in parts.items()}
    try:
        with _word_to_stop() as heard:
            ended = _wait(heard, processes, held, announce)
    finally:
        _end(list(processes.values()))
    return ended


def _wait(
    heard: socket.socket, processes: Mapping[str, BaseProcess], held: socket.socket, announce: Callable[[], None]
) -> str:
    watched: list[socket.socket | int] = [heard, *(process.sentinel for process in processes.values())]
    while not _answers(held) and not connection.wait(watched, LOOK):
        continue
    if not connection.wait(watched, 0):
        announce()
    ready = connection.wait(watched)
    return next((name for name, process in processes.items() if heard not in ready and process.sentinel in ready), "")


def _answers(held: socket.socket) -> bool:
    """Say whether somebody listens on a port that is held."""
    with suppress(OSError), socket.create_connection(held.getsockname()[:2], 1):
        return True
    return False


def _start(part: Callable[[], None]) -> BaseProcess:
    process = multiprocessing.get_context("fork").Process(target=_alone, args=(part, os.getpid()))
    process.start()
    return process


def _alone(part: Callable[[], None], parent: int) -> None:
    """Run a part away from the terminal, whose Ctrl+C is heard by the parent and passed on once."""
    os.setsid()
    for number in STOP:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP)
    threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()
    part()


def _end(processes: Sequence[BaseProcess]) -> None:
    """Tell processes to stop, and cut off what has not ended in time, with all that it started."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + GRACE
    for process in processes:
        process.join(max(0.0, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(process.pid or 0, signal.SIGKILL)
        process.join()


@contextmanager
def _word_to_stop() -> Iterator[socket.socket]:
    """Give something to wait for that becomes readable when a signal says stop.

    The handlers do nothing: one that touched a lock would wait for ever when the next signal interrupts it.
    """
    heard, said = socket.socketpair()
    said.setblocking(False)  # noqa: FBT003 the socket's own way to say it
    signal.set_wakeup_fd(said.fileno(), warn_on_full_buffer=False)
    for number in STOP:
        signal.signal(number, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP)
    try:
        yield heard
    finally:
        signal.set_wakeup_fd(-1)
        heard.close()
        said.close()


def _made_beside(parent: int, target: str) -> Callable[..., object]:
    """Make the application in a process of its own, which watches the one that started it."""
    threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()
    module, _, factory = target.partition(":")
    application: Callable[..., object] = getattr(import_module(module), factory)()
    return application


def _leave_with(parent: int) -> None:
    """End the process once its parent is gone, even by ``kill -9``: a transaction under way is simply not committed."""
    waiting = threading.Event()
    while os.getppid() == parent:
        waiting.wait(ORPHAN_CHECK)
    os._exit(0)

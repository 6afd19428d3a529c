"""Starts the desk as a newcomer would, waits until its pages answer, stops it and says how long it took.

``python3 tests/started.py SECONDS COMMAND…``: the command is told its port by ``PORT``; it fails after the seconds.
Nothing but the standard library is at hand where it runs.
"""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request

PAGES = ("/", "/accedi")
PATIENCE = 900
"""Seconds after which an answer is waited for no longer, whatever was allowed."""
TURN = 0.2


def free_port(address="127.0.0.1"):
    """Find a port that nobody listens on, below those that the system gives to whoever calls.

    Of those, a caller that tries again and again may be given the very one it calls, and answer itself.
    """
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind((address, port))
            return port


def answers(port):
    """Say whether both pages are given, as pages of the desk."""
    try:
        for page in PAGES:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{page}", timeout=30) as answer:
                if answer.status != 200 or b"</html>" not in answer.read():
                    return False
    except OSError:
        return False
    return True


def seconds_to_answer(command):
    """Start the command and wait; give the seconds, or None where it ended or never answered."""
    port, begun = free_port(), time.monotonic()
    process = subprocess.Popen(command, env={**os.environ, "PORT": str(port)}, start_new_session=True)
    try:
        while process.poll() is None and time.monotonic() - begun < PATIENCE:
            if answers(port):
                return time.monotonic() - begun
            time.sleep(TURN)
        return None
    finally:
        stop(process)


def stop(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def main(limit, *command):
    seconds = seconds_to_answer(command)
    if seconds is None:
        print(f"{' '.join(command)}: never answered", flush=True)
        return 1
    print(f"{' '.join(command)}: answered after {seconds:.1f} s (at most {limit} s)", flush=True)
    return int(seconds > float(limit))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

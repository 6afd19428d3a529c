"""Run every test of a folder of the kit and count what is right; the last line is ``passed N of M``."""

from __future__ import annotations

import io
import signal
import sys
from pathlib import Path
from threading import Event
from typing import NoReturn

from engine.dmn.tck.runner import CaseResult, run_folder

_MISSED, _NOTHING_RUN, _INTERRUPTED = 1, 2, 130


def main(arguments: list[str]) -> int:
    """Run the folder named on the command line, up to the end or to Ctrl-C, and count.

    0 when everything passed, 1 when something did not, 2 when there was nothing to run, 130 when it was interrupted.
    """
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.stderr.write("usage: python -m engine.dmn.tck DIRECTORY\n")
        return _counted([], _NOTHING_RUN)
    verdicts: list[CaseResult] = []
    interrupted = _on_interrupt()
    try:
        for verdict in run_folder(Path(arguments[0])):
            verdicts.append(verdict)
            if not verdict.right:
                sys.stdout.write(f"{verdict.file}: {verdict.case}: {verdict.said}\n")
            if interrupted.is_set():
                break
    except KeyboardInterrupt:
        pass
    if interrupted.is_set():
        return _counted(verdicts, _INTERRUPTED)
    return _counted(verdicts, _MISSED if verdicts else _NOTHING_RUN)


def _on_interrupt() -> Event:
    """Note Ctrl-C beside raising it: raised where Python cleans up, it would be printed and forgotten."""
    interrupted = Event()

    def note(*_: object) -> NoReturn:
        interrupted.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, note)
    return interrupted


def _counted(verdicts: list[CaseResult], otherwise: int) -> int:
    passed = sum(verdict.right for verdict in verdicts)
    sys.stdout.write(f"passed {passed} of {len(verdicts)}\n")
    everything = passed == len(verdicts) and otherwise == _MISSED
    return 0 if everything else otherwise


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace", line_buffering=True)
    sys.exit(main(sys.argv[1:]))

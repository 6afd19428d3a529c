"""Run every test of a folder of the kit and count what is right; the last line is ``passed N of M``."""

from __future__ import annotations

import sys
from pathlib import Path

from engine.dmn.tck.runner import run_folder


def main(arguments: list[str]) -> int:
    """Run the folder named on the command line; 0 when everything passed, 2 when there is nothing to run."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.stderr.write("usage: python -m engine.dmn.tck DIRECTORY\n")
        return 2
    passed = total = 0
    for verdict in run_folder(Path(arguments[0])):
        total += 1
        passed += verdict.right
        if not verdict.right:
            sys.stdout.write(f"{verdict.file}: {verdict.case}: {verdict.said}\n")
    sys.stdout.write(f"passed {passed} of {total}\n")
    return 0 if passed == total else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A program of its own that sets one letter: JSON comes in, a PDF/UA goes out, and then it ends.

It runs apart so that a template that never ends can be stopped and one that wants all memory cannot have it.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

import typst

SECONDS = 10
"""Of computing, after which the system ends the program; a letter takes a twentieth of one."""
MEMORY = 2 * 1024**3
WRONG_TEMPLATE = 3
"""The exit status that says: the reason stands on the error output, and it is the template's."""


def main() -> None:
    """Read ``{main, root, fonts, inputs, timestamp}`` and write the PDF."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    asked = json.load(sys.stdin.buffer)
    try:
        sys.stdout.buffer.write(_pdf(asked))
    except typst.TypstError as refusal:
        sys.stderr.write(refusal.diagnostic)
        sys.exit(WRONG_TEMPLATE)


def _pdf(asked: dict[str, Any]) -> bytes:
    root: str = asked["root"]
    return typst.compile(
        str(asked["main"]),
        root=root,
        font_paths=list(asked["fonts"]),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=dict(asked["inputs"]),
        pdf_standards=["ua-1"],
        timestamp=int(asked["timestamp"]),
        package_path=f"{root}/packages",
        package_cache_path=f"{root}/packages",
    )


if __name__ == "__main__":
    main()

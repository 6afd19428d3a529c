"""Set one letter as a program of its own: it reads JSON, writes a PDF/UA and ends.

It runs apart so that a template that never ends can be stopped and one that wants all memory cannot have it.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import unicodedata
from typing import Any

import typst

SECONDS = 10
"""Of computing, after which the system ends the program; a letter takes a fiftieth of one."""
MEMORY = 1024**3
LARGEST = 2 * 1024**2
"""Bytes of a letter; ours have a sixtieth of them, and a page of Chinese brings its letters along."""
LONGEST_REASON = 4000
WRONG_TEMPLATE, TOO_LARGE = 3, 4
"""The exit statuses that say: the template is wrong, for the reason on the error output; or the letter is too large."""
UNDRAWN = re.compile(r'the text `"(.*?)"` could not be displayed|disallowed codepoint `"(.*?)"`')
"""Characters that no font has, and those that a PDF/UA may not hold, all told at once."""
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
BOX = "□"
TRIES = 5
"""Without one character, typst may draw those beside it in another font, and tell of others."""


def main() -> None:
    """Read ``{main, root, fonts, inputs, timestamp}``, set the template with each of its inputs, write the last PDF."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked = json.load(sys.stdin.buffer)
    pdf = b""
    for number, inputs in enumerate(asked["inputs"]):
        try:
            pdf = _drawn(asked, inputs)
        except typst.TypstError as refusal:
            sys.stderr.write(f"{number}\n{refusal.diagnostic[:LONGEST_REASON]}")
            sys.exit(WRONG_TEMPLATE)
        if len(pdf) > LARGEST:
            sys.exit(TOO_LARGE)
    sys.stdout.buffer.write(pdf)


def _drawn(asked: dict[str, Any], inputs: dict[str, str]) -> bytes:
    """Set one letter; what people wrote and no font has becomes a box: it never stops a letter."""
    for _ in range(TRIES):
        try:
            return _pdf(asked, inputs)
        except typst.TypstError as refusal:
            boxed = _boxed(inputs, refusal.diagnostic)
            if boxed == inputs:
                raise
            inputs = boxed
    return _pdf(asked, inputs)


def _boxed(inputs: dict[str, str], diagnostic: str) -> dict[str, str]:
    found = "".join(drawn or held for drawn, held in UNDRAWN.findall(diagnostic))
    told = ESCAPED.sub(lambda code: chr(int(code[1], 16)), found)
    instead = {ord(each): _instead(each) for each in told if not each.isascii()}
    return {name: text.translate(instead) for name, text in inputs.items()}


def _instead(letter: str) -> str:
    """Give a box for a letter, and nothing for a mark that only changes the letter before it or is not seen."""
    return "" if unicodedata.category(letter) in {"Mn", "Mc", "Me", "Cf"} else BOX


def _pdf(asked: dict[str, Any], inputs: dict[str, str]) -> bytes:
    root: str = asked["root"]
    return typst.compile(
        str(asked["main"]),
        root=root,
        font_paths=list(asked["fonts"]),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=["ua-1"],
        timestamp=int(asked["timestamp"]),
        package_path=f"{root}/packages",
        package_cache_path=f"{root}/packages",
    )


if __name__ == "__main__":
    main()

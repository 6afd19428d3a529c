"""Makes a PDF/UA of a template and its data, in a program of its own with little time and nothing to read but them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from desk.errors import LetterFailed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

TYPESETTER = Path(__file__).with_name("typesetter.py")
FONTS = Path(__file__).parents[2] / "node_modules" / "bootstrap-italia" / "dist" / "fonts"
"""The interface's own; where they were not installed, those inside typst serve."""
FAMILIES = ("Titillium_Web", "Roboto_Mono")
PATIENCE = 15.0
"""Seconds after which a letter is given up."""
WRONG_TEMPLATE = 3
PLACE = re.compile(r"┌─ (?:\S*/)?([^/\s]+\.typ):(\d+)")
INPUT = "dati"
NO_NETWORK = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
"""All the environment the program gets: a template that wants a package from the network finds nobody there."""


def typeset(texts: Mapping[str, bytes], name: str, data: Mapping[str, Any], now: datetime) -> bytes:
    """Set the template ``name`` among ``texts``; it reads ``data`` as JSON from ``sys.inputs.dati`` and nothing else.

    Raises:
        LetterFailed: the template is wrong, takes too long or wants too much memory; it says which and at what line.

    """
    with TemporaryDirectory(prefix="sportello-lettera-") as folder:
        for file, content in texts.items():
            (Path(folder) / Path(file).name).write_bytes(content)
        asked = {
            "main": str(Path(folder) / name),
            "root": folder,
            "fonts": [str(FONTS / family) for family in FAMILIES if (FONTS / family).is_dir()],
            "inputs": {INPUT: json.dumps(data, ensure_ascii=False)},
            "timestamp": int(now.timestamp()),
        }
        return _run(name, json.dumps(asked).encode())


def _run(name: str, asked: bytes) -> bytes:
    command = [sys.executable, "-I", str(TYPESETTER)]
    try:
        done = subprocess.run(  # noqa: S603  # our own program, and no word of a template's on its command line
            command, input=asked, capture_output=True, timeout=PATIENCE, check=False, env=NO_NETWORK
        )
    except subprocess.TimeoutExpired:
        raise LetterFailed(name, None, "ci mette troppo tempo") from None
    if done.returncode == 0:
        return done.stdout
    if done.returncode != WRONG_TEMPLATE:
        raise LetterFailed(name, None, "chiede troppo tempo o troppa memoria")
    raise _mistake(name, done.stderr.decode(errors="replace"))


def _mistake(name: str, diagnostic: str) -> LetterFailed:
    """Read file, line and reason from what typst says; its own words are English."""
    place = PLACE.search(diagnostic)
    reason = diagnostic.partition("\n")[0].removeprefix("error: ").strip()
    return LetterFailed(place[1] if place else name, int(place[2]) if place else None, reason)

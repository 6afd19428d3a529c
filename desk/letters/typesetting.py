"""Makes a PDF/UA of a template and its data, in a program of its own with little time and nothing to read but them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from desk.errors import LetterFailed
from desk.letters.diagnosis import Mistake, diagnose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    Data = Mapping[str, Any]

TYPESETTER = Path(__file__).with_name("typesetter.py")
FONTS = Path(__file__).with_name("fonts")
"""The interface's own, put here where its pages are bundled; until then those inside typst serve."""
PATIENCE = 15.0
"""Seconds after which a letter is given up."""
WRONG_TEMPLATE, TOO_LARGE = 3, 4
INPUT = "dati"
NO_NETWORK = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
"""All the environment the program gets: a template that wants a package from the network finds nobody there."""


def typeset(texts: Mapping[str, bytes], name: str, data: Data, now: datetime) -> bytes:
    """Set the template ``name`` among ``texts``; it reads ``data`` as JSON from ``sys.inputs.dati`` and nothing else.

    Raises:
        LetterFailed: the template is wrong, takes too long or wants too much memory; it says which and at what line.

    """
    made = _set(texts, name, [data], now)
    if isinstance(made, Mistake):
        raise LetterFailed(made.file, made.line, made.said)
    return made


def mistake_in(texts: Mapping[str, bytes], name: str, samples: Sequence[Data], now: datetime) -> Mistake | None:
    """Set a template with one sample of data after another; give the first mistake, nothing where all went well."""
    made = _set(texts, name, samples, now)
    return made if isinstance(made, Mistake) else None


def _set(texts: Mapping[str, bytes], name: str, samples: Sequence[Data], now: datetime) -> bytes | Mistake:
    with TemporaryDirectory(prefix="sportello-lettera-") as folder:
        for file, content in texts.items():
            (Path(folder) / Path(file).name).write_bytes(content)
        asked = {
            "main": str(Path(folder) / name),
            "root": folder,
            "fonts": [str(FONTS)] if FONTS.is_dir() else [],
            "inputs": [{INPUT: json.dumps(data, ensure_ascii=False)} for data in samples],
            "timestamp": int(now.timestamp()),
        }
        return _run(name, json.dumps(asked).encode(), samples)


def _run(name: str, asked: bytes, samples: Sequence[Data]) -> bytes | Mistake:
    command = [sys.executable, "-I", str(TYPESETTER)]
    try:
        done = subprocess.run(  # noqa: S603  # our own program, and no word of a template's on its command line
            command, input=asked, capture_output=True, timeout=PATIENCE, check=False, env=NO_NETWORK
        )
    except subprocess.TimeoutExpired:
        return Mistake(name, None, None, "ci mette troppo tempo")
    if done.returncode == WRONG_TEMPLATE:
        number, _, diagnostic = done.stderr.decode(errors="replace").partition("\n")
        return diagnose(name, diagnostic, int(number), set(_names(samples[int(number)])))
    if done.returncode == TOO_LARGE:
        return Mistake(name, None, None, "diventa troppo grande")
    return Mistake(name, None, None, "chiede troppo tempo o troppa memoria") if done.returncode else done.stdout


def _names(data: object) -> Iterator[str]:
    """Give every name that data have, at any depth."""
    if isinstance(data, dict):
        yield from data
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _names(each)

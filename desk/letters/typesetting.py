"""Run the typesetter on a template and its data, with little time and nothing else to read."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from desk.errors import LetterFailed
from desk.letters.diagnosis import Mistake, diagnose
from engine import characters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    Data = Mapping[str, Any]

TYPESETTER = Path(__file__).with_name("typesetter.py")
FONTS = Path(__file__).with_name("fonts")
"""The interface's own and some of other scripts, put here where its pages are bundled; typst has a few more."""
FONT_PACKS = tuple(f"justmytype_intl_{of}" for of in ("africa", "cjk", "rtl", "sea", "south_asia"))
"""Installed packages with fonts of other scripts, in which people write their names."""
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
            "fonts": _font_folders(),
            "inputs": [{INPUT: json.dumps(_legible(data), ensure_ascii=False)} for data in samples],
            "timestamp": int(now.timestamp()),
        }
        return _run(name, json.dumps(asked).encode(), samples)


@cache
def _font_folders() -> list[str]:
    """Give the folders of fonts that are on this machine; without one of them its letters become boxes."""
    packs = [place for pack in map(find_spec, FONT_PACKS) if pack for place in pack.submodule_search_locations or ()]
    return [folder for folder in (str(FONTS), *packs) if Path(folder).is_dir()]


def _legible(data: object) -> Any:
    """Drop what no letter can hold from the texts of data, at any depth: it may be older than the rule at entry."""
    if isinstance(data, dict):
        return {name: _legible(value) for name, value in data.items()}
    if isinstance(data, str):
        return characters.legible(data)
    return [_legible(each) for each in data] if isinstance(data, list | tuple) else data


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
